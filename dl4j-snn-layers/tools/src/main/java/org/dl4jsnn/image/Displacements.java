package org.dl4jsnn.image;

/** Moves each pixel by a displacement of its own; those between pixels are interpolated. */
final class Displacements implements PixelMap {

  private final int width;
  private final int height;
  private final float[] right;
  private final float[] down;

  /**
   * Displacements of the sources.
   *
   * @param width columns of the image
   * @param right along x, row after row
   * @param down along y
   */
  Displacements(int width, float[] right, float[] down) {
    this.width = width;
    this.height = right.length / width;
    this.right = right;
    this.down = down;
  }

  @Override
  public double sourceX(double x, double y) {
    return x + at(right, x - 0.5, y - 0.5);
  }

  @Override
  public double sourceY(double x, double y) {
    return y + at(down, x - 0.5, y - 0.5);
  }

  /** A displacement, where pixel (0, 0) has its centre at (0, 0); outside that of the edge. */
  private double at(float[] values, double x, double y) {
    double column = Math.min(Math.max(x, 0), width - 1);
    double row = Math.min(Math.max(y, 0), height - 1);
    int left = (int) column;
    int top = (int) row;
    int next = Math.min(left + 1, width - 1);
    int below = Math.min(top + 1, height - 1) * width;
    double share = column - left;
    double above = (1 - share) * values[top * width + left] + share * values[top * width + next];
    double under = (1 - share) * values[below + left] + share * values[below + next];
    return above + (row - top) * (under - above);
  }
}
