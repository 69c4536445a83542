package org.dl4jsnn.image;

import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/** {@link ImageAugmentation#affine}. */
record ImageAffine(double degrees, double scale, double shear, double shift, int fill)
    implements Warp {

  private static final double MOST_DEGREES = 180;

  ImageAffine {
    if (!(degrees >= 0 && degrees <= MOST_DEGREES)) {
      throw new IllegalArgumentException("degrees must be from 0 to 180, got " + degrees);
    }
    Require.not(!(scale >= 0 && scale < 1), "scale must be at least 0 and below 1, got %s", scale);
    if (Require.finite("shear", shear) < 0 || Require.finite("shift", shift) < 0) {
      throw new IllegalArgumentException(
          "shear and shift must be 0 or more, got " + shear + " and " + shift);
    }
    Image.requireFill(fill);
  }

  @Override
  public PixelMap draw(Image image, RandomGenerator random) {
    double angle = Math.toRadians(within(degrees, random));
    double size = 1 + within(scale, random);
    double slant = within(shear, random);
    double right = within(shift, random);
    double down = within(shift, random);
    double cos = Math.cos(angle) / size;
    double sin = Math.sin(angle) / size;
    double x = image.width() / 2.0;
    double y = image.height() / 2.0;
    // Maps a pixel of the changed image to its source.
    double xx = cos;
    double xy = sin + slant * cos;
    double yx = -sin;
    double yy = cos - slant * sin;
    return new AffineMap(
        xx,
        xy,
        yx,
        yy,
        x - xx * (x + right) - xy * (y + down),
        y - yx * (x + right) - yy * (y + down));
  }

  private static double within(double most, RandomGenerator random) {
    return most * (2 * random.nextDouble() - 1);
  }
}
