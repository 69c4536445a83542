package org.dl4jsnn.event.camera;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * How the image moves in front of the camera: from corner to corner along straight legs of equal
 * duration, once or in loops. Displacements are in pixels of the screen, x to the right and y
 * downwards.
 */
public final class Movement {

  private final double[] x;
  private final double[] y;

  /** Time from one corner to the next in µs. */
  final long leg;

  private final int loops;

  private Movement(double[] x, double[] y, long leg, int loops) {
    this.x = x;
    this.y = y;
    this.leg = leg;
    this.loops = loops;
  }

  /**
   * {@return a movement through corners}
   *
   * @param corners at least two points (x, y), in screen pixels
   * @param leg time from one corner to the next in µs, at least 1
   * @param loops how often the path is repeated, at least 1; if more than once, it must end where
   *     it starts
   * @throws IllegalArgumentException if one of these rules is broken or a corner is not finite
   */
  public static Movement through(double[][] corners, long leg, int loops) {
    Require.given("corners", corners);
    Require.atLeast("corners.length", corners.length, 2);
    Require.atLeast("leg", leg, 1);
    Require.atLeast("loops", loops, 1);
    double[] x = new double[corners.length];
    double[] y = new double[corners.length];
    for (int i = 0; i < corners.length; i++) {
      if (corners[i].length != 2) {
        throw new IllegalArgumentException(
            "corner " + i + " must be (x, y), got " + Arrays.toString(corners[i]));
      }
      x[i] = Require.finite("x of corner " + i, corners[i][0]);
      y[i] = Require.finite("y of corner " + i, corners[i][1]);
    }
    int last = corners.length - 1;
    Require.not(
        loops > 1 && (x[0] != x[last] || y[0] != y[last]),
        "the last corner must equal the first if loops are repeated, got %s and %s",
        Arrays.toString(corners[last]),
        Arrays.toString(corners[0]));
    return new Movement(x, y, leg, loops);
  }

  /**
   * {@return repeated closed-loop smooth movement, as CIFAR10-DVS was recorded: (0, 0), (s, -s),
   * (2s, 0), (s, s), (0, 0)} Li et al., "CIFAR10-DVS: An Event-Stream Dataset for Object
   * Classification", Frontiers in Neuroscience 11:309, 2017.
   *
   * @param step s in screen pixels; 10 there
   * @param leg time per side in µs; 50,000 there, which is 200 screen pixels per second along each
   *     axis
   * @param loops how often; 6 there
   * @throws IllegalArgumentException if the step is not positive and finite, or another value is
   *     below 1
   */
  public static Movement closedLoop(double step, long leg, int loops) {
    double s = Require.positiveFinite("step", step);
    return through(new double[][] {{0, 0}, {s, -s}, {2 * s, 0}, {s, s}, {0, 0}}, leg, loops);
  }

  /**
   * {@return three saccades along a triangle around the centred image, as N-MNIST was recorded: 3.5
   * sensor pixels to the right and 7 down, 3.5 to the right and 7 up, 7 to the left, 105 ms each}
   * Orchard et al., "Converting Static Image Datasets to Spiking Neuromorphic Datasets Using
   * Saccades", Frontiers in Neuroscience 9:437, 2015; the numbers are those of the first author's
   * code that removes the movement. There the camera moved, and not at constant speed.
   *
   * @param screenPixels the side, in screen pixels, of the square that one pixel of the sensor sees
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public static Movement saccades(double screenPixels) {
    double half = 3.5 * Require.positiveFinite("screenPixels", screenPixels);
    double[][] triangle = {{-half, -half}, {0, half}, {half, -half}, {-half, -half}};
    return through(triangle, 105_000, 1);
  }

  /** {@return the duration in µs} */
  public long duration() {
    return leg * (x.length - 1) * loops;
  }

  /**
   * {@return the displacement in screen pixels to the right}
   *
   * @param t time in µs; before the start and after the end the image stands still
   */
  public double x(long t) {
    return at(x, t);
  }

  /**
   * {@return the displacement in screen pixels downwards}
   *
   * @param t time in µs; before the start and after the end the image stands still
   */
  public double y(long t) {
    return at(y, t);
  }

  private double at(double[] corners, long t) {
    if (t >= duration()) {
      return corners[corners.length - 1];
    }
    long time = Math.max(0, t);
    int from = (int) (time / leg % (corners.length - 1));
    double share = (double) (time % leg) / leg;
    return corners[from] + share * (corners[from + 1] - corners[from]);
  }

  /** The largest displacement along an axis, in screen pixels. */
  double reach() {
    double furthest = 0;
    for (int i = 0; i < x.length; i++) {
      furthest = Math.max(furthest, Math.max(Math.abs(x[i]), Math.abs(y[i])));
    }
    return furthest;
  }
}
