package org.dl4jsnn.picture;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A random change to a picture. Implementations have no state, so all threads can share one.
 *
 * <ul>
 *   <li>{@link FlipLeftRight}: mirrored;
 *   <li>{@link Shift}: moved, as by a random crop of a padded picture;
 *   <li>{@link RandomAffine}: rotated, scaled, sheared;
 *   <li>{@link ElasticDistortion}: every pixel moved a little, neighbours alike;
 *   <li>{@link Cutout}: a square of one colour;
 *   <li>{@link AutoAugment}: one of a policy's pairs of operations;
 *   <li>{@link AugmentationChain}: several, one after another;
 *   <li>{@link #none()}.
 * </ul>
 */
@FunctionalInterface
public interface PictureAugmentation extends Serializable {

  /**
   * Changes a picture.
   *
   * @param picture the picture
   * @param random the source of random numbers; the same numbers give the same change
   * @return a picture of the same size; may be the one given
   */
  Picture augment(Picture picture, RandomGenerator random);

  /**
   * No change.
   *
   * @return an augmentation that returns pictures unchanged
   */
  static PictureAugmentation none() {
    return new AugmentationChain(List.of());
  }

  /**
   * Several changes in sequence.
   *
   * @param parts the changes, in order
   * @return the chain
   */
  static PictureAugmentation chain(PictureAugmentation... parts) {
    return new AugmentationChain(List.of(parts));
  }
}
