package org.dl4jsnn.image;

/**
 * The source of every place of a changed image. The pixel in column c and row r covers the square
 * from (c, r) to (c + 1, r + 1).
 */
interface PixelMap {

  /** The source's x of a place. */
  double sourceX(double x, double y);

  /** The source's y of a place. */
  double sourceY(double x, double y);

  /** This map for the image that another map then changes: one map for both changes. */
  default PixelMap then(PixelMap next) {
    PixelMap first = this;
    return new PixelMap() {
      @Override
      public double sourceX(double x, double y) {
        return first.sourceX(next.sourceX(x, y), next.sourceY(x, y));
      }

      @Override
      public double sourceY(double x, double y) {
        return first.sourceY(next.sourceX(x, y), next.sourceY(x, y));
      }
    };
  }

  /**
   * Changes an image; values are interpolated between the four nearest pixels.
   *
   * @param fill the value of pixels from outside
   */
  default Image apply(Image image, int fill) {
    byte[] moved = image.copy();
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        double fromX = sourceX(column + 0.5, row + 0.5) - 0.5;
        double fromY = sourceY(column + 0.5, row + 0.5) - 0.5;
        int to = row * image.width() + column;
        for (int channel = 0; channel < image.channels(); channel++) {
          moved[channel * image.plane() + to] =
              Interpolation.value(image, channel, fromX, fromY, fill);
        }
      }
    }
    return image.with(moved);
  }
}
