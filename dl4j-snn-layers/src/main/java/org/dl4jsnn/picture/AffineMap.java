package org.dl4jsnn.picture;

import java.util.Arrays;

/**
 * Takes every pixel from the nearest place given by an affine map; grey if that is outside. The
 * pixel in column c and row r covers the square from (c, r) to (c + 1, r + 1).
 *
 * @param xx of x to the source's x
 * @param xy of y to the source's x
 * @param yx of x to the source's y
 * @param yy of y to the source's y
 * @param x0 added to the source's x
 * @param y0 added to the source's y
 */
record AffineMap(double xx, double xy, double yx, double yy, double x0, double y0) {

  private static final byte GREY = (byte) 128;

  static AffineMap along(double xx, double xy, double yx, double yy, double x0, double y0) {
    return new AffineMap(xx, xy, yx, yy, x0, y0);
  }

  /** A turn around the centre. */
  static AffineMap rotation(Picture picture, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double x = picture.width() / 2.0;
    double y = picture.height() / 2.0;
    return new AffineMap(cos, sin, -sin, cos, x - cos * x - sin * y, y + sin * x - cos * y);
  }

  Picture apply(Picture picture) {
    byte[] moved = picture.copy();
    Arrays.fill(moved, GREY);
    int plane = picture.plane();
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        double x = column + 0.5;
        double y = row + 0.5;
        double fromX = Math.floor(xx * x + xy * y + x0);
        double fromY = Math.floor(yx * x + yy * y + y0);
        if (fromX >= 0 && fromX < picture.width() && fromY >= 0 && fromY < picture.height()) {
          int from = (int) fromY * picture.width() + (int) fromX;
          int to = row * picture.width() + column;
          for (int channel = 0; channel < picture.channels(); channel++) {
            moved[channel * plane + to] = (byte) picture.value(channel * plane + from);
          }
        }
      }
    }
    return picture.with(moved);
  }

  /** The same with values interpolated between the four nearest pixels. */
  Picture interpolate(Picture picture, int fill) {
    byte[] moved = picture.copy();
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        double x = column + 0.5;
        double y = row + 0.5;
        double fromX = xx * x + xy * y + x0 - 0.5;
        double fromY = yx * x + yy * y + y0 - 0.5;
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
