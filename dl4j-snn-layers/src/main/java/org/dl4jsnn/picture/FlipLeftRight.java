package org.dl4jsnn.picture;

import java.util.random.RandomGenerator;

/**
 * Mirrors a picture left to right with a probability. Not for classes that mirroring changes, such
 * as digits and letters.
 *
 * @param probability from 0 to 1
 * @serial exclude
 */
public record FlipLeftRight(double probability) implements PictureAugmentation {

  /**
   * Checks the probability.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is outside this range
   */
  public FlipLeftRight {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1, got " + probability);
    }
  }

  @Override
  public Picture augment(Picture picture, RandomGenerator random) {
    if (random.nextDouble() >= probability) {
      return picture;
    }
    byte[] flipped = picture.copy();
    int last = picture.width() - 1;
    for (int i = 0; i < flipped.length; i++) {
      int column = i % picture.width();
      flipped[i] = (byte) picture.value(i - column + last - column);
    }
    return picture.with(flipped);
  }
}
