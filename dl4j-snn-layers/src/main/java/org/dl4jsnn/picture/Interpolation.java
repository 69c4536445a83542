package org.dl4jsnn.picture;

/** Values between pixels, interpolated between the four nearest ones. */
final class Interpolation {

  private Interpolation() {}

  /**
   * The value at a place, where pixel (0, 0) has its centre at (0, 0). A place so far outside that
   * it is not a finite number is outside, too.
   *
   * @param x the column
   * @param y the row
   * @param fill the value of pixels outside the picture
   */
  static byte value(Picture picture, int channel, double x, double y, int fill) {
    boolean near = x > -1 && x < picture.width() && y > -1 && y < picture.height();
    if (!near) {
      return (byte) fill;
    }
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double below = y - top;
    double above =
        (1 - right) * pixel(picture, channel, top, left, fill)
            + right * pixel(picture, channel, top, left + 1, fill);
    double under =
        (1 - right) * pixel(picture, channel, top + 1, left, fill)
            + right * pixel(picture, channel, top + 1, left + 1, fill);
    return (byte) Math.round((1 - below) * above + below * under);
  }

  private static int pixel(Picture picture, int channel, int row, int column, int fill) {
    boolean inside = row >= 0 && row < picture.height() && column >= 0 && column < picture.width();
    return inside ? picture.value(channel, row, column) : fill;
  }
}
