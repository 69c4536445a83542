package org.dl4jsnn.image;

/** Interpolates between an image and a duller one: factor 1 is the image, 0 the duller one. */
final class Enhancement {

  /** The share of red, green and blue in grey (ITU-R BT.601). */
  private static final double[] GREY = {0.299, 0.587, 0.114};

  private static final int COLOURS = 3;

  /** The weight of a pixel, relative to its neighbours, in smoothing. */
  private static final int WEIGHT = 5;

  private static final int WEIGHTS = WEIGHT + 8;

  private Enhancement() {}

  static int clamp(double value) {
    return (int) Math.max(0, Math.min(Image.VALUES - 1, value));
  }

  private static byte blend(double dull, int value, double factor) {
    return (byte) clamp(dull + factor * (value - dull));
  }

  static Image brightness(Image image, double factor) {
    return ValueMap.of(value -> blend(0, value, factor)).apply(image);
  }

  static Image contrast(Image image, double factor) {
    double sum = 0;
    for (int i = 0; i < image.plane(); i++) {
      sum += grey(image, i);
    }
    long mean = Math.round(sum / image.plane());
    return ValueMap.of(value -> blend(mean, value, factor)).apply(image);
  }

  static Image color(Image image, double factor) {
    if (image.channels() != COLOURS) {
      return image;
    }
    byte[] blended = image.copy();
    for (int i = 0; i < image.plane(); i++) {
      double grey = grey(image, i);
      for (int channel = 0; channel < COLOURS; channel++) {
        int at = channel * image.plane() + i;
        blended[at] = blend(grey, image.value(at), factor);
      }
    }
    return image.with(blended);
  }

  /** The grey value of a pixel: for three channels by their shares, otherwise the mean. */
  private static double grey(Image image, int pixel) {
    double grey = 0;
    for (int channel = 0; channel < image.channels(); channel++) {
      double share = image.channels() == COLOURS ? GREY[channel] : 1.0 / image.channels();
      grey += share * image.value(channel * image.plane() + pixel);
    }
    return Math.rint(grey);
  }

  /** Pixels at the border do not change. */
  static Image sharpness(Image image, double factor) {
    byte[] blended = image.copy();
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = 1; row < image.height() - 1; row++) {
        for (int column = 1; column < image.width() - 1; column++) {
          int at = channel * image.plane() + row * image.width() + column;
          blended[at] = blend(smooth(image, at), image.value(at), factor);
        }
      }
    }
    return image.with(blended);
  }

  private static double smooth(Image image, int at) {
    int sum = (WEIGHT - 1) * image.value(at);
    for (int row = -1; row <= 1; row++) {
      for (int column = -1; column <= 1; column++) {
        sum += image.value(at + row * image.width() + column);
      }
    }
    return Math.rint((double) sum / WEIGHTS);
  }
}
