package org.dl4jsnn.picture;

/**
 * The source of every place of a changed picture. The pixel in column c and row r covers the square
 * from (c, r) to (c + 1, r + 1).
 */
interface PixelMap {

  /** The source's x of a place. */
  double sourceX(double x, double y);

  /** The source's y of a place. */
  double sourceY(double x, double y);

  /** This map for the picture that another map then changes: one map for both changes. */
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
   * Changes a picture; values are interpolated between the four nearest pixels.
   *
   * @param fill the value of pixels from outside
   */
  default Picture apply(Picture picture, int fill) {
    byte[] moved = picture.copy();
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        double fromX = sourceX(column + 0.5, row + 0.5) - 0.5;
        double fromY = sourceY(column + 0.5, row + 0.5) - 0.5;
        int to = row * picture.width() + column;
        for (int channel = 0; channel < picture.channels(); channel++) {
          moved[channel * picture.plane() + to] =
              Interpolation.value(picture, channel, fromX, fromY, fill);
        }
      }
    }
    return picture.with(moved);
  }
}
