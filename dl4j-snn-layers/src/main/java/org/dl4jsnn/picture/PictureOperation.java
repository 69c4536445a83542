package org.dl4jsnn.picture;

/**
 * The operations of {@link AutoAugment}, each with a strength from 0 to 9. Geometric and enhancing
 * operations have two directions, chosen by {@code negative}.
 *
 * <p>Source: Cubuk et al., "AutoAugment: Learning Augmentation Strategies from Data", CVPR 2019,
 * doi 10.1109/CVPR.2019.00020, table 6; strengths are evenly spaced.
 */
public enum PictureOperation {

  /** Rows are moved along x, those at the bottom by up to 0.3 of the height. */
  SHEAR_X {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      double shear = signed(MOST_SHEAR * strength, negative);
      return AffineMap.along(1, shear, 0, 1, 0, 0).apply(picture);
    }
  },

  /** Columns are moved along y, those on the right by up to 0.3 of the width. */
  SHEAR_Y {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      double shear = signed(MOST_SHEAR * strength, negative);
      return AffineMap.along(1, 0, shear, 1, 0, 0).apply(picture);
    }
  },

  /** Moved along x by up to 150/331 of the width, in whole pixels. */
  TRANSLATE_X {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      double pixels = signed((int) (MOST_TRANSLATION * picture.width() * strength), negative);
      return AffineMap.along(1, 0, 0, 1, pixels, 0).apply(picture);
    }
  },

  /** Moved along y by up to 150/331 of the height, in whole pixels. */
  TRANSLATE_Y {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      double pixels = signed((int) (MOST_TRANSLATION * picture.height() * strength), negative);
      return AffineMap.along(1, 0, 0, 1, 0, pixels).apply(picture);
    }
  },

  /** Rotated around its centre by up to 30°. */
  ROTATE {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      double angle = Math.toRadians(signed(MOST_DEGREES * strength, negative));
      return AffineMap.rotation(picture, angle).apply(picture);
    }
  },

  /** Values towards black, or away from it. */
  BRIGHTNESS {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return Enhancement.brightness(picture, factor(strength, negative));
    }
  },

  /** Values towards the grey of the picture's mean, or away from it. */
  CONTRAST {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return Enhancement.contrast(picture, factor(strength, negative));
    }
  },

  /** Values towards the grey of each pixel, or away from it; nothing without three channels. */
  COLOR {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return Enhancement.color(picture, factor(strength, negative));
    }
  },

  /** Values towards those of a smoothed picture, or away from them. */
  SHARPNESS {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return Enhancement.sharpness(picture, factor(strength, negative));
    }
  },

  /** Only the higher bits of each value: 8 down to 4. */
  POSTERIZE {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      int lost = (int) Math.round(MOST_BITS_LOST * strength);
      return ValueMap.of(value -> value >> lost << lost).apply(picture);
    }
  },

  /** Values from a limit on are inverted; the limit goes from 255 down to 0. */
  SOLARIZE {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      double limit = (Picture.VALUES - 1) * (1 - strength);
      return ValueMap.of(value -> value < limit ? value : Picture.VALUES - 1 - value)
          .apply(picture);
    }
  },

  /** The darkest value of each channel becomes 0, the brightest 255. */
  AUTO_CONTRAST {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return ValueMap.perChannel(picture, Histogram::stretched);
    }
  },

  /** All values of each channel become about as frequent. */
  EQUALIZE {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return ValueMap.perChannel(picture, Histogram::equalized);
    }
  },

  /** The negative. */
  INVERT {
    @Override
    Picture apply(Picture picture, double strength, boolean negative) {
      return ValueMap.of(value -> Picture.VALUES - 1 - value).apply(picture);
    }
  };

  /** The highest strength. */
  public static final int STRONGEST = 9;

  private static final double MOST_SHEAR = 0.3;
  private static final double MOST_TRANSLATION = 150.0 / 331;
  private static final double MOST_DEGREES = 30;
  private static final double MOST_ENHANCEMENT = 0.9;
  private static final double MOST_BITS_LOST = 4;

  private static double signed(double value, boolean negative) {
    return negative ? -value : value;
  }

  private static double factor(double strength, boolean negative) {
    return 1 + signed(MOST_ENHANCEMENT * strength, negative);
  }

  /**
   * Applies the operation.
   *
   * @param picture the picture
   * @param strength from 0 to 9, if the operation has a strength
   * @param negative the direction, if it has two
   * @return the changed picture
   * @throws IllegalArgumentException if the strength is not from 0 to 9
   */
  public Picture apply(Picture picture, int strength, boolean negative) {
    requireStrength(strength);
    return apply(picture, (double) strength / STRONGEST, negative);
  }

  static void requireStrength(int strength) {
    if (strength < 0 || strength > STRONGEST) {
      throw new IllegalArgumentException(
          "strength must be from 0 to " + STRONGEST + ", got " + strength);
    }
  }

  /** With a strength from 0 to 1. */
  abstract Picture apply(Picture picture, double strength, boolean negative);
}
