package org.dl4jsnn.picture;

import java.util.random.RandomGenerator;

/** An augmentation that only moves pixels, so that several can move them at once. */
interface Warp extends PictureAugmentation {

  /** Draws where pixels come from. */
  PixelMap draw(Picture picture, RandomGenerator random);

  /** The value of pixels from outside. */
  int fill();

  @Override
  default Picture augment(Picture picture, RandomGenerator random) {
    return draw(picture, random).apply(picture, fill());
  }
}
