package org.dl4jsnn.image;

import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/** {@link ImageAugmentation#flip}. */
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
