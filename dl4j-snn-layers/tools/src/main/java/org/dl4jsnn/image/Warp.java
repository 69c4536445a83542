package org.dl4jsnn.image;

import java.util.random.RandomGenerator;

/** An augmentation that only moves pixels, so that several can move them at once. */
interface Warp extends ImageAugmentation {

  /** Draws where pixels come from. */
  PixelMap draw(Image image, RandomGenerator random);

  /** The value of pixels from outside. */
  int fill();

  @Override
  default Image augment(Image image, RandomGenerator random) {
    return draw(image, random).apply(image, fill());
  }
}
