package org.dl4jsnn.image;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Several augmentations in sequence, drawing from the same random numbers. Adjacent ones that move
 * pixels, {@link ImageAffine} and {@link ElasticDistortion}, are combined into one move if they
 * have the same fill, since interpolating twice would blur the image. So pixels that one alone
 * would move outside are kept if a later one moves them back.
 *
 * @param parts the augmentations, in order; an empty list does not change the image
 * @serial exclude
 */
public record ImageAugmentationChain(List<ImageAugmentation> parts) implements ImageAugmentation {

  /**
   * Copies the parts.
   *
   * @param parts the augmentations, in order
   */
  public ImageAugmentationChain {
    parts = List.copyOf(parts);
  }

  @Override
  public Image augment(Image image, RandomGenerator random) {
    Image changed = image;
    int next = 0;
    while (next < parts.size()) {
      if (parts.get(next) instanceof Warp warp) {
        PixelMap map = warp.draw(changed, random);
        next++;
        while (next < parts.size()
            && parts.get(next) instanceof Warp another
            && another.fill() == warp.fill()) {
          map = map.then(another.draw(changed, random));
          next++;
        }
        changed = map.apply(changed, warp.fill());
      } else {
        changed = parts.get(next).augment(changed, random);
        next++;
      }
    }
    return changed;
  }
}
