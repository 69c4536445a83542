package org.dl4jsnn.image;

import java.util.random.RandomGenerator;

/**
 * Mirrors an image left to right with a probability. Not for classes that mirroring changes, such
 * as digits and letters.
 *
 * @param probability from 0 to 1
 * @serial exclude
 */
public record ImageFlip(double probability) implements ImageAugmentation {

  /**
   * Checks the probability.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is outside this range
   */
  public ImageFlip {
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
