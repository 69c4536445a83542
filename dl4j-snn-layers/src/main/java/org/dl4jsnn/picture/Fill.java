package org.dl4jsnn.picture;

/** Checks the value of pixels from outside the picture. */
final class Fill {

  private Fill() {}

  static void require(int fill) {
    if (fill < 0 || fill >= Picture.VALUES) {
      throw new IllegalArgumentException("fill must be from 0 to 255, got " + fill);
    }
  }
}
