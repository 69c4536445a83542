package org.dl4jsnn.image;

import java.util.random.RandomGenerator;

/** {@link ImageAugmentation#flip}. */
record ImageFlip(double probability) implements ImageAugmentation {

  ImageFlip {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1, got " + probability);
    }
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
