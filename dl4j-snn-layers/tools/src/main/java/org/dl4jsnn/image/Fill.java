package org.dl4jsnn.image;

/** Checks the value of pixels from outside the image. */
final class Fill {

  private Fill() {}

  static void require(int fill) {
    if (fill < 0 || fill >= Image.VALUES) {
      throw new IllegalArgumentException("fill must be from 0 to 255, got " + fill);
    }
  }
}
