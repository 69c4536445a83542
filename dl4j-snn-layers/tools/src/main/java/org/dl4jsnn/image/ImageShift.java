package org.dl4jsnn.image;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/** {@link ImageAugmentation#shift}. */
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
