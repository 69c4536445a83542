package org.dl4jsnn.image;

import org.dl4jsnn.internal.Require;

/**
 * The operations of {@link AutoAugment}, each with a strength from 0 to 9. Geometric and enhancing
 * operations have two directions, chosen by {@code negative}.
 *
 * <p>Source: Cubuk et al., "AutoAugment: Learning Augmentation Strategies from Data", CVPR 2019,
 * doi 10.1109/CVPR.2019.00020, table 6; strengths are evenly spaced.
 */
public enum ImageOperation {

  /** Rows are moved along x, those at the bottom by up to 0.3 of the height. */
  SHEAR_X(
      (image, strength, negative) -> {
        double shear = signed(ImageOperation.MOST_SHEAR * strength, negative);
        return new AffineMap(1, shear, 0, 1, 0, 0).apply(image);
      }),

  /** Columns are moved along y, those on the right by up to 0.3 of the width. */
  SHEAR_Y(
      (image, strength, negative) -> {
        double shear = signed(ImageOperation.MOST_SHEAR * strength, negative);
        return new AffineMap(1, 0, shear, 1, 0, 0).apply(image);
      }),

  /** Moved along x by up to 150/331 of the width, in whole pixels. */
  TRANSLATE_X(
      (image, strength, negative) -> {
        double pixels =
            signed((int) (ImageOperation.MOST_TRANSLATION * image.width() * strength), negative);
        return new AffineMap(1, 0, 0, 1, pixels, 0).apply(image);
      }),

  /** Moved along y by up to 150/331 of the height, in whole pixels. */
  TRANSLATE_Y(
      (image, strength, negative) -> {
        double pixels =
            signed((int) (ImageOperation.MOST_TRANSLATION * image.height() * strength), negative);
        return new AffineMap(1, 0, 0, 1, 0, pixels).apply(image);
      }),

  /** Rotated around its centre by up to 30°. */
  ROTATE(
      (image, strength, negative) -> {
        double angle = Math.toRadians(signed(ImageOperation.MOST_DEGREES * strength, negative));
        return AffineMap.rotation(image, angle).apply(image);
      }),

  /** Values towards black, or away from it. */
  BRIGHTNESS(
      (image, strength, negative) -> Enhancement.brightness(image, factor(strength, negative))),

  /** Values towards the grey of the image's mean, or away from it. */
  CONTRAST((image, strength, negative) -> Enhancement.contrast(image, factor(strength, negative))),

  /** Values towards the grey of each pixel, or away from it; nothing without three channels. */
  COLOR((image, strength, negative) -> Enhancement.color(image, factor(strength, negative))),

  /** Values towards those of a smoothed image, or away from them. */
  SHARPNESS(
      (image, strength, negative) -> Enhancement.sharpness(image, factor(strength, negative))),

  /** Only the higher bits of each value: 8 down to 4. */
  POSTERIZE(
      (image, strength, negative) -> {
        int lost = (int) Math.round(ImageOperation.MOST_BITS_LOST * strength);
        return ValueMap.of(value -> value >> lost << lost).apply(image);
      }),

  /** Values from a limit on are inverted; the limit goes from 255 down to 0. */
  SOLARIZE(
      (image, strength, negative) -> {
        double limit = (Image.VALUES - 1) * (1 - strength);
        return ValueMap.of(value -> value < limit ? value : Image.VALUES - 1 - value).apply(image);
      }),

  /** The darkest value of each channel becomes 0, the brightest 255. */
  AUTO_CONTRAST(
      (image, strength, negative) -> ValueMap.perChannel(image, ValueMap.Histogram::stretched)),

  /** All values of each channel become about as frequent. */
  EQUALIZE(
      (image, strength, negative) -> ValueMap.perChannel(image, ValueMap.Histogram::equalized)),

  /** The negative. */
  INVERT(
      (image, strength, negative) -> ValueMap.of(value -> Image.VALUES - 1 - value).apply(image));

  /** The highest strength. */
  public static final int STRONGEST = 9;

  private static final double MOST_SHEAR = 0.3;
  private static final double MOST_TRANSLATION = 150.0 / 331;
  private static final double MOST_DEGREES = 30;
  private static final double MOST_ENHANCEMENT = 0.9;
  private static final double MOST_BITS_LOST = 4;

  /** What an operation does, with a strength from 0 to 1. */
  private interface Change {
    Image of(Image image, double strength, boolean negative);
  }

  private final Change change;

  ImageOperation(Change change) {
    this.change = change;
  }

  private static double signed(double value, boolean negative) {
    return negative ? -value : value;
  }

  private static double factor(double strength, boolean negative) {
    return 1 + signed(MOST_ENHANCEMENT * strength, negative);
  }

  /**
   * Applies the operation.
   *
   * @param image the image
   * @param strength from 0 to 9, if the operation has a strength
   * @param negative the direction, if it has two
   * @return the changed image
   * @throws IllegalArgumentException if the strength is not from 0 to 9
   */
  public Image apply(Image image, int strength, boolean negative) {
    requireStrength(strength);
    return change.of(image, (double) strength / STRONGEST, negative);
  }

  static void requireStrength(int strength) {
    Require.within("strength", strength, 0, STRONGEST);
  }
}
