package org.dl4jsnn.image;

import java.util.List;
import java.util.random.RandomGenerator;

/** {@link ImageAugmentation#chain}. */
record ImageAugmentationChain(List<ImageAugmentation> parts) implements ImageAugmentation {

  ImageAugmentationChain {
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
