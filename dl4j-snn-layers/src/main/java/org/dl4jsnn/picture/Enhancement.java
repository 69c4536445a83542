package org.dl4jsnn.picture;

/** Interpolates between a picture and a duller one: factor 1 is the picture, 0 the duller one. */
final class Enhancement {

  /** The share of red, green and blue in grey (ITU-R BT.601). */
  private static final double[] GREY = {0.299, 0.587, 0.114};

  private static final int COLOURS = 3;

  /** The weight of a pixel, relative to its neighbours, in smoothing. */
  private static final int WEIGHT = 5;

  private static final int WEIGHTS = WEIGHT + 8;

  private Enhancement() {}

  static int clamp(double value) {
    return (int) Math.max(0, Math.min(Picture.VALUES - 1, value));
  }

  private static byte blend(double dull, int value, double factor) {
    return (byte) clamp(dull + factor * (value - dull));
  }

  static Picture brightness(Picture picture, double factor) {
    return ValueMap.of(value -> blend(0, value, factor)).apply(picture);
  }

  static Picture contrast(Picture picture, double factor) {
    double sum = 0;
    for (int i = 0; i < picture.plane(); i++) {
      sum += grey(picture, i);
    }
    long mean = Math.round(sum / picture.plane());
    return ValueMap.of(value -> blend(mean, value, factor)).apply(picture);
  }

  static Picture color(Picture picture, double factor) {
    if (picture.channels() != COLOURS) {
      return picture;
    }
    byte[] blended = picture.copy();
    for (int i = 0; i < picture.plane(); i++) {
      double grey = grey(picture, i);
      for (int channel = 0; channel < COLOURS; channel++) {
        int at = channel * picture.plane() + i;
        blended[at] = blend(grey, picture.value(at), factor);
      }
    }
    return picture.with(blended);
  }

  /** The grey value of a pixel: for three channels by their shares, otherwise the mean. */
  private static double grey(Picture picture, int pixel) {
    double grey = 0;
    for (int channel = 0; channel < picture.channels(); channel++) {
      double share = picture.channels() == COLOURS ? GREY[channel] : 1.0 / picture.channels();
      grey += share * picture.value(channel * picture.plane() + pixel);
    }
    return Math.rint(grey);
  }

  /** Pixels at the border do not change. */
  static Picture sharpness(Picture picture, double factor) {
    byte[] blended = picture.copy();
    for (int channel = 0; channel < picture.channels(); channel++) {
      for (int row = 1; row < picture.height() - 1; row++) {
        for (int column = 1; column < picture.width() - 1; column++) {
          int at = channel * picture.plane() + row * picture.width() + column;
          blended[at] = blend(smooth(picture, at), picture.value(at), factor);
        }
      }
    }
    return picture.with(blended);
  }

  private static double smooth(Picture picture, int at) {
    int sum = (WEIGHT - 1) * picture.value(at);
    for (int row = -1; row <= 1; row++) {
      for (int column = -1; column <= 1; column++) {
        sum += picture.value(at + row * picture.width() + column);
      }
    }
    return Math.rint((double) sum / WEIGHTS);
  }
}
