package org.dl4jsnn.picture;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/**
 * Moves a picture by a whole number of pixels along each axis, from -maximum to maximum with equal
 * probability: the same as a random crop of a picture padded by that many pixels.
 *
 * @param maximum in pixels, at least 0
 * @param fill the value of pixels from outside, from 0 to 255
 * @serial exclude
 */
public record Shift(int maximum, int fill) implements PictureAugmentation {

  /**
   * Checks the settings.
   *
   * @param maximum in pixels
   * @param fill the value of pixels from outside
   * @throws IllegalArgumentException if a setting is invalid
   */
  public Shift {
    Require.atLeast("maximum", maximum, 0);
    Fill.require(fill);
  }

  /**
   * A shift that fills with black.
   *
   * @param pixels the largest shift, at least 0
   * @return the augmentation
   * @throws IllegalArgumentException if it is negative
   */
  public static Shift upTo(int pixels) {
    return new Shift(pixels, 0);
  }

  @Override
  public Picture augment(Picture picture, RandomGenerator random) {
    long down = random.nextLong(-maximum, maximum + 1L);
    long right = random.nextLong(-maximum, maximum + 1L);
    byte[] shifted = picture.copy();
    Arrays.fill(shifted, (byte) fill);
    int next = 0;
    for (int channel = 0; channel < picture.channels(); channel++) {
      for (int row = 0; row < picture.height(); row++) {
        for (int column = 0; column < picture.width(); column++, next++) {
          long y = row - down;
          long x = column - right;
          if (y >= 0 && y < picture.height() && x >= 0 && x < picture.width()) {
            shifted[next] = (byte) picture.value(channel, (int) y, (int) x);
          }
        }
      }
    }
    return picture.with(shifted);
  }
}
