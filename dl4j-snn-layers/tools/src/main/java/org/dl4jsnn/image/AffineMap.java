package org.dl4jsnn.image;

import java.util.Arrays;

/** An affine map: the source's x is xx · x + xy · y + x0, and its y alike. */
record AffineMap(double xx, double xy, double yx, double yy, double x0, double y0)
    implements PixelMap {

  private static final byte GREY = (byte) 128;

  /** A turn around the centre. */
  static AffineMap rotation(Image image, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double x = image.width() / 2.0;
    double y = image.height() / 2.0;
    return new AffineMap(cos, sin, -sin, cos, x - cos * x - sin * y, y + sin * x - cos * y);
  }

  @Override
  public double sourceX(double x, double y) {
    return xx * x + xy * y + x0;
  }

  @Override
  public double sourceY(double x, double y) {
    return yx * x + yy * y + y0;
  }

  /** Takes every pixel from the nearest place; grey if that is outside. */
  Image apply(Image image) {
    byte[] moved = image.copy();
    Arrays.fill(moved, GREY);
    int plane = image.plane();
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        double x = column + 0.5;
        double y = row + 0.5;
        double fromX = Math.floor(sourceX(x, y));
        double fromY = Math.floor(sourceY(x, y));
        if (fromX >= 0 && fromX < image.width() && fromY >= 0 && fromY < image.height()) {
          int from = (int) fromY * image.width() + (int) fromX;
          int to = row * image.width() + column;
          for (int channel = 0; channel < image.channels(); channel++) {
            moved[channel * plane + to] = (byte) image.value(channel * plane + from);
          }
        }
      }
    }
    return image.with(moved);
  }
}
