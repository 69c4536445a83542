package org.dl4jsnn.picture;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Several augmentations in sequence, drawing from the same random numbers.
 *
 * @param parts the augmentations, in order; an empty list does not change the picture
 * @serial exclude
 */
public record AugmentationChain(List<PictureAugmentation> parts) implements PictureAugmentation {

  /**
   * Copies the parts.
   *
   * @param parts the augmentations, in order
   */
  public AugmentationChain {
    parts = List.copyOf(parts);
  }

  @Override
  public Picture augment(Picture picture, RandomGenerator random) {
    Picture changed = picture;
    for (PictureAugmentation part : parts) {
      changed = part.augment(changed, random);
    }
    return changed;
  }
}
