package org.dl4jsnn.image;

import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/**
 * Covers a square with one colour, around a pixel drawn with equal probability; the part outside
 * the image is cut off.
 *
 * <p>Source: DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with
 * Cutout", 2017, arXiv 1708.04552.
 *
 * @param size rows and columns of the square, at least 1
 * @param fill its value, from 0 to 255; published: the data's mean
 * @serial exclude
 */
public record Cutout(int size, int fill) implements ImageAugmentation {

  /**
   * Checks the settings.
   *
   * @param size rows and columns of the square
   * @param fill its value
   * @throws IllegalArgumentException if a setting is invalid
   */
  public Cutout {
    Require.atLeast("size", size, 1);
    Fill.require(fill);
  }

  @Override
  public Image augment(Image image, RandomGenerator random) {
    int top = random.nextInt(image.height()) - size / 2;
    int left = random.nextInt(image.width()) - size / 2;
    byte[] cut = image.copy();
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = Math.max(0, top); row < Math.min(image.height(), top + size); row++) {
        int first = (channel * image.height() + row) * image.width();
        for (int x = Math.max(0, left); x < Math.min(image.width(), left + size); x++) {
          cut[first + x] = (byte) fill;
        }
      }
    }
    return image.with(cut);
  }
}
