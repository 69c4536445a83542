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
   * Changes an image; values are interpolated between the four nearest pixels, and pixels from
   * outside have the fill.
   */
  default Image apply(Image image, int fill) {
    byte[] moved = image.copy();
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        double fromX = sourceX(column + 0.5, row + 0.5) - 0.5;
        double fromY = sourceY(column + 0.5, row + 0.5) - 0.5;
        int to = row * image.width() + column;
        for (int channel = 0; channel < image.channels(); channel++) {
          moved[channel * image.plane() + to] = value(image, channel, fromX, fromY, fill);
        }
      }
    }
    return image.with(moved);
  }

  /**
   * The value at a place, where pixel (0, 0) has its centre at (0, 0); the fill outside the image,
   * and so far outside that the place is not a finite number.
   */
  private static byte value(Image image, int channel, double x, double y, int fill) {
    boolean near = x > -1 && x < image.width() && y > -1 && y < image.height();
    if (!near) {
      return (byte) fill;
    }
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double below = y - top;
    double above =
        (1 - right) * pixel(image, channel, top, left, fill)
            + right * pixel(image, channel, top, left + 1, fill);
    double under =
        (1 - right) * pixel(image, channel, top + 1, left, fill)
            + right * pixel(image, channel, top + 1, left + 1, fill);
    return (byte) Math.round((1 - below) * above + below * under);
  }

  private static int pixel(Image image, int channel, int row, int column, int fill) {
    boolean inside = row >= 0 && row < image.height() && column >= 0 && column < image.width();
    return inside ? image.value(channel, row, column) : fill;
  }
}
