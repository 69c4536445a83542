package org.dl4jsnn.picture;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Augmentations one after another, which draw from the same numbers in turn.
 *
 * @param parts the augmentations, in order; none leaves the picture as it is
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
