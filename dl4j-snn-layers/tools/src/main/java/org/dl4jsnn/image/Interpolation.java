package org.dl4jsnn.image;

/** Values between pixels, interpolated between the four nearest ones. */
final class Interpolation {

  private Interpolation() {}

  /**
   * The value at a place, where pixel (0, 0) has its centre at (0, 0). A place so far outside that
   * it is not a finite number is outside, too.
   *
   * @param x the column
   * @param y the row
   * @param fill the value of pixels outside the image
   */
  static byte value(Image image, int channel, double x, double y, int fill) {
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
