package org.dl4jsnn.image;

import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/** {@link ImageAugmentation#elastic}. */
record ElasticDistortion(double deviation, double smoothness, int fill) implements Warp {

  private static final double SMOOTHEST = 100;

  /** Where the Gaussian is cut off, in its standard deviations. */
  private static final double REACH = 2.5;

  /** The standard deviation of numbers drawn uniformly from −1 to 1. */
  private static final double UNIFORM_DEVIATION = 1 / Math.sqrt(3);

  ElasticDistortion {
    Require.positiveFinite("deviation", deviation);
    if (Require.positiveFinite("smoothness", smoothness) > SMOOTHEST) {
      throw new IllegalArgumentException(
          "smoothness must be at most " + SMOOTHEST + " pixels, got " + smoothness);
    }
    Image.requireFill(fill);
  }

  @Override
  public PixelMap draw(Image image, RandomGenerator random) {
    float[] gaussian = gaussian();
    return new Displacements(
        image.width(),
        displacements(image, gaussian, random),
        displacements(image, gaussian, random));
  }

  /** The Gaussian, scaled such that smoothed numbers have the displacement's deviation. */
  private float[] gaussian() {
    int reach = (int) Math.ceil(REACH * smoothness);
    double[] values = new double[2 * reach + 1];
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double distance = (i - reach) / smoothness;
      values[i] = Math.exp(-distance * distance / 2);
      squares += values[i] * values[i];
    }
    // Applied along both axes, so the variance is multiplied by the sum of squares twice.
    double scale = Math.sqrt(deviation / UNIFORM_DEVIATION / squares);
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (scale * values[i]);
    }
    return scaled;
  }

  /**
   * Random numbers for the image and its surroundings, smoothed down the columns and along rows.
   */
  private static float[] displacements(Image image, float[] gaussian, RandomGenerator random) {
    int width = image.width() + gaussian.length - 1;
    float[] noise = new float[(image.height() + gaussian.length - 1) * width];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = 2 * random.nextFloat() - 1;
    }
    float[] columns = new float[image.height() * width];
    for (int row = 0; row < image.height(); row++) {
      for (int k = 0; k < gaussian.length; k++) {
        int from = (row + k) * width;
        for (int column = 0; column < width; column++) {
          columns[row * width + column] += gaussian[k] * noise[from + column];
        }
      }
    }
    float[] smooth = new float[image.plane()];
    for (int row = 0; row < image.height(); row++) {
      for (int k = 0; k < gaussian.length; k++) {
        int from = row * width + k;
        for (int column = 0; column < image.width(); column++) {
          smooth[row * image.width() + column] += gaussian[k] * columns[from + column];
        }
      }
    }
    return smooth;
  }

  /** Moves each pixel by a displacement of its own; those between pixels are interpolated. */
  private static final class Displacements implements PixelMap {

    private final int width;
    private final int height;
    private final float[] right;
    private final float[] down;

    /** The sources are right along x and down along y, row after row. */
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
}
