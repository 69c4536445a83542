package org.dl4jsnn.image;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/** The augmentations of {@link ImageAugmentation}, which says what they do. */
final class ImageAugmentations {

  private ImageAugmentations() {}

  record ImageAugmentationChain(List<ImageAugmentation> parts) implements ImageAugmentation {

    ImageAugmentationChain {
      parts = List.copyOf(parts);
    }

    @Override
    public Image augment(Image image, RandomGenerator random) {
      Image changed = image;
      int next = 0;
      while (next < parts.size()) {
        if (parts.get(next) instanceof Warp warp) {
          PixelMap map = warp.draw(changed, random);
          next++;
          while (next < parts.size()
              && parts.get(next) instanceof Warp another
              && another.fill() == warp.fill()) {
            map = map.then(another.draw(changed, random));
            next++;
          }
          changed = map.apply(changed, warp.fill());
        } else {
          changed = parts.get(next).augment(changed, random);
          next++;
        }
      }
      return changed;
    }
  }

  record ImageFlip(double probability) implements ImageAugmentation {

    ImageFlip {
      Require.share("probability", probability);
    }

    @Override
    public Image augment(Image image, RandomGenerator random) {
      if (random.nextDouble() >= probability) {
        return image;
      }
      byte[] flipped = image.copy();
      int last = image.width() - 1;
      for (int i = 0; i < flipped.length; i++) {
        int column = i % image.width();
        flipped[i] = (byte) image.value(i - column + last - column);
      }
      return image.with(flipped);
    }
  }

  record ImageShift(int maximum, int fill) implements ImageAugmentation {

    ImageShift {
      Require.atLeast("maximum", maximum, 0);
      Image.requireFill(fill);
    }

    @Override
    public Image augment(Image image, RandomGenerator random) {
      long down = random.nextLong(-maximum, maximum + 1L);
      long right = random.nextLong(-maximum, maximum + 1L);
      byte[] shifted = image.copy();
      Arrays.fill(shifted, (byte) fill);
      int next = 0;
      for (int channel = 0; channel < image.channels(); channel++) {
        for (int row = 0; row < image.height(); row++) {
          for (int column = 0; column < image.width(); column++, next++) {
            long y = row - down;
            long x = column - right;
            if (y >= 0 && y < image.height() && x >= 0 && x < image.width()) {
              shifted[next] = (byte) image.value(channel, (int) y, (int) x);
            }
          }
        }
      }
      return image.with(shifted);
    }
  }

  record ImageAffine(double degrees, double scale, double shear, double shift, int fill)
      implements Warp {

    private static final double MOST_DEGREES = 180;

    ImageAffine {
      Require.not(
          !(degrees >= 0 && degrees <= MOST_DEGREES),
          "degrees must be from 0 to 180, got %s",
          degrees);
      Require.not(
          !(scale >= 0 && scale < 1), "scale must be at least 0 and below 1, got %s", scale);
      Require.not(
          Require.finite("shear", shear) < 0 || Require.finite("shift", shift) < 0,
          "shear and shift must be 0 or more, got %s and %s",
          shear,
          shift);
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

  record Cutout(int size, int fill) implements ImageAugmentation {

    Cutout {
      Require.atLeast("size", size, 1);
      Image.requireFill(fill);
    }

    @Override
    public Image augment(Image image, RandomGenerator random) {
      int top = random.nextInt(image.height()) - size / 2;
      int left = random.nextInt(image.width()) - size / 2;
      byte[] cut = image.copy();
      for (int channel = 0; channel < image.channels(); channel++) {
        for (int row = Math.max(0, top); row < Math.min(image.height(), top + size); row++) {
          int first = (channel * image.height() + row) * image.width();
          for (int x = Math.max(0, left); x < Math.min(image.width(), left + size); x++) {
            cut[first + x] = (byte) fill;
          }
        }
      }
      return image.with(cut);
    }
  }
}
