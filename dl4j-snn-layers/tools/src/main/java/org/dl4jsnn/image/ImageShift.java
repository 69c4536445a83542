package org.dl4jsnn.image;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/**
 * Moves an image by a whole number of pixels along each axis, from -maximum to maximum with equal
 * probability: the same as a random crop of an image padded by that many pixels.
 *
 * @param maximum in pixels, at least 0
 * @param fill the value of pixels from outside, from 0 to 255
 * @serial exclude
 */
public record ImageShift(int maximum, int fill) implements ImageAugmentation {

  /**
   * Checks the settings.
   *
   * @param maximum in pixels
   * @param fill the value of pixels from outside
   * @throws IllegalArgumentException if a setting is invalid
   */
  public ImageShift {
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
  public static ImageShift upTo(int pixels) {
    return new ImageShift(pixels, 0);
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
