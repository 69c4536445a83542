package org.dl4jsnn.image;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random change to an image: one of those below, {@link AutoAugment}, or your own. Without state,
 * so all threads can share one.
 *
 * <pre>{@code
 * ImageAugmentation change =
 *     ImageAugmentation.chain(ImageAugmentation.shift(4, 0), ImageAugmentation.flip(0.5));
 * ImageAugmenter augmenter = new ImageAugmenter(change, 1);
 * }</pre>
 */
@FunctionalInterface
public interface ImageAugmentation extends Serializable {
  /**
   * Changes an image.
   *
   * @param image the image
   * @param random the source of random numbers; the same numbers give the same change
   * @return an image of the same size; may be the one given
   */
  Image augment(Image image, RandomGenerator random);

  /** {@return an augmentation that returns images unchanged} */
  static ImageAugmentation none() {
    return chain();
  }

  /**
   * Several changes in sequence, drawing from the same random numbers. Adjacent ones that move
   * pixels, {@link #affine} and {@link #elastic}, are combined into one move if they have the same
   * fill, since interpolating twice would blur the image. So pixels that one alone would move
   * outside are kept if a later one moves them back.
   *
   * @param parts the changes, in order; none does not change the image
   * @return the chain
   */
  static ImageAugmentation chain(ImageAugmentation... parts) {
    return new ImageAugmentations.ImageAugmentationChain(List.of(parts));
  }

  /**
   * Mirrors an image left to right with a probability. Not for classes that mirroring changes, such
   * as digits and letters.
   *
   * @param probability from 0 to 1
   * @return the augmentation
   * @throws IllegalArgumentException if it is outside this range
   */
  static ImageAugmentation flip(double probability) {
    return new ImageAugmentations.ImageFlip(probability);
  }

  /**
   * Moves an image by a whole number of pixels along each axis, from -maximum to maximum with equal
   * probability: the same as a random crop of an image padded by that many pixels.
   *
   * @param maximum in pixels, at least 0
   * @param fill the value of pixels from outside, from 0 (black) to 255
   * @return the augmentation
   * @throws IllegalArgumentException if a setting is invalid
   */
  static ImageAugmentation shift(int maximum, int fill) {
    return new ImageAugmentations.ImageShift(maximum, fill);
  }

  /**
   * Rotates an image around its centre, scales, shears and moves it, each by a number drawn
   * uniformly from a range; values between pixels are interpolated.
   *
   * @param degrees largest rotation in either direction; from 0 to 180
   * @param scale largest relative change in size; at least 0 and below 1
   * @param shear largest shear in columns per row, in either direction; at least 0
   * @param shift largest shift in pixels along each axis; at least 0
   * @param fill the value of pixels from outside, from 0 to 255
   * @return the augmentation
   * @throws IllegalArgumentException if a setting is invalid
   */
  static ImageAugmentation affine(
      double degrees, double scale, double shear, double shift, int fill) {
    return new ImageAugmentations.ImageAffine(degrees, scale, shear, shift, fill);
  }

  /**
   * Moves every pixel a little, and neighbouring pixels by about the same amount, as when a hand
   * writes a digit again. The displacements along each axis are independent random numbers,
   * smoothed by a Gaussian; values between pixels are interpolated.
   *
   * <p>Source: Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks
   * Applied to Visual Document Analysis", ICDAR 2003. They scale the displacements of an image to a
   * norm of α = 34, which is a deviation of 1.2 pixels for 28 × 28 pixels, with a smoothness of 4.
   * Here the scale is the same for all images, so the deviation of a single image varies.
   *
   * @param deviation standard deviation of the displacement along each axis in pixels; positive
   * @param smoothness standard deviation of the Gaussian in pixels; positive, at most 100
   * @param fill the value of pixels from outside, from 0 to 255
   * @return the augmentation
   * @throws IllegalArgumentException if a setting is invalid
   */
  static ImageAugmentation elastic(double deviation, double smoothness, int fill) {
    return new ElasticDistortion(deviation, smoothness, fill);
  }

  /**
   * Covers a square with one colour, around a pixel drawn with equal probability; the part outside
   * the image is cut off.
   *
   * <p>Source: DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with
   * Cutout", 2017, arXiv 1708.04552.
   *
   * @param size rows and columns of the square, at least 1
   * @param fill its value, from 0 to 255; published: the data's mean
   * @return the augmentation
   * @throws IllegalArgumentException if a setting is invalid
   */
  static ImageAugmentation cutout(int size, int fill) {
    return new ImageAugmentations.Cutout(size, fill);
  }
}
