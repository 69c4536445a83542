package org.dl4jsnn.image;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random change to an image. Implementations have no state, so all threads can share one.
 *
 * <ul>
 *   <li>{@link ImageFlip}: mirrored;
 *   <li>{@link ImageShift}: moved, as by a random crop of a padded image;
 *   <li>{@link ImageAffine}: rotated, scaled, sheared;
 *   <li>{@link ElasticDistortion}: every pixel moved a little, neighbours alike;
 *   <li>{@link Cutout}: a square of one colour;
 *   <li>{@link AutoAugment}: one of a policy's pairs of operations;
 *   <li>{@link ImageAugmentationChain}: several, one after another;
 *   <li>{@link #none()}.
 * </ul>
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

  /**
   * No change.
   *
   * @return an augmentation that returns images unchanged
   */
  static ImageAugmentation none() {
    return new ImageAugmentationChain(List.of());
  }

  /**
   * Several changes in sequence.
   *
   * @param parts the changes, in order
   * @return the chain
   */
  static ImageAugmentation chain(ImageAugmentation... parts) {
    return new ImageAugmentationChain(List.of(parts));
  }
}
