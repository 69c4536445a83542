package org.dl4jsnn.image;

import java.util.random.RandomGenerator;
import org.dl4jsnn.internal.Require;

/**
 * Moves every pixel a little, and neighbouring pixels by about the same amount, as when a hand
 * writes a digit again. The displacements along each axis are independent random numbers, smoothed
 * by a Gaussian; values between pixels are interpolated.
 *
 * <p>Source: Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks
 * Applied to Visual Document Analysis", ICDAR 2003. They scale the displacements of an image to a
 * norm of α = 34, which is a deviation of 1.2 pixels for 28 × 28 pixels, with a smoothness of 4.
 * Here the scale is the same for all images, so the deviation of a single image varies.
 *
 * @param deviation standard deviation of the displacement along each axis in pixels; positive
 * @param smoothness standard deviation of the Gaussian in pixels; positive, at most {@value
 *     #SMOOTHEST}
 * @param fill the value of pixels from outside, from 0 to 255
 * @serial exclude
 */
public record ElasticDistortion(double deviation, double smoothness, int fill) implements Warp {

  private static final double SMOOTHEST = 100;

  /** Where the Gaussian is cut off, in its standard deviations. */
  private static final double REACH = 2.5;

  /** The standard deviation of numbers drawn uniformly from −1 to 1. */
  private static final double UNIFORM_DEVIATION = 1 / Math.sqrt(3);

  /**
   * Checks the settings.
   *
   * @param deviation standard deviation of the displacement in pixels
   * @param smoothness standard deviation of the Gaussian in pixels
   * @param fill the value of pixels from outside
   * @throws IllegalArgumentException if a setting is invalid
   */
  public ElasticDistortion {
    Require.positiveFinite("deviation", deviation);
    if (Require.positiveFinite("smoothness", smoothness) > SMOOTHEST) {
      throw new IllegalArgumentException(
          "smoothness must be at most " + SMOOTHEST + " pixels, got " + smoothness);
    }
    Fill.require(fill);
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
}
