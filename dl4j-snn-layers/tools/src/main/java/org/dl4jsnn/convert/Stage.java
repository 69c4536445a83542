package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.IActivation;

/**
 * A step in the computation of a non-spiking network of either kind. Stages are compared by
 * identity.
 */
sealed interface Stage {
  /** The layer or vertex that it belongs to. */
  String name();

  List<Stage> inputs();

  default Stage input() {
    return inputs().get(0);
  }

  /** Whether it has no negative outputs, like firing rates. */
  default boolean isNonnegative() {
    return this instanceof Rectifier
        || (this instanceof Pooling
                || this instanceof GlobalPooling
                || this instanceof Padding
                || this instanceof Sum
                || this instanceof Concatenation)
            && inputs().stream().allMatch(Stage::isNonnegative);
  }

  /** The largest output; infinite without a cap. */
  static double capOf(Stage stage) {
    return stage instanceof Rectifier rectifier ? rectifier.cap : Double.POSITIVE_INFINITY;
  }

  /** A stage with one input. */
  sealed interface OfOne extends Stage {
    @Override
    Stage input();

    @Override
    default List<Stage> inputs() {
      return List.of(input());
    }
  }

  /** The features. */
  record Features() implements Stage {
    @Override
    public String name() {
      return "input";
    }

    @Override
    public List<Stage> inputs() {
      return List.of();
    }
  }

  /**
   * A convolution, whose kernel slides over rows and columns, or a full connection, for which both
   * are null, with its bias. The multiplier is that of a depthwise convolution, else 0.
   */
  record Linear(
      String name, Stage input, LinearWeights weights, Axis rows, Axis columns, int multiplier)
      implements OfOne {
    boolean isConvolution() {
      return rows != null;
    }
  }

  /** Turns x into f · x + s, channel by channel; a single value applies to all. */
  record Scaling(String name, Stage input, double[] factors, double[] shifts) implements OfOne {
    double[] factors(int channels) {
      return spread(factors, channels);
    }

    double[] shifts(int channels) {
      return spread(shifts, channels);
    }

    /** The number of channels; 1 if it applies to any number. */
    int channels() {
      return factors.length;
    }

    private static double[] spread(double[] values, int channels) {
      if (values.length == channels) {
        return values;
      }
      double[] all = new double[channels];
      Arrays.fill(all, values[0]);
      return all;
    }
  }

  /** max(0, x), limited to the cap. */
  record Rectifier(String name, Stage input, double cap) implements OfOne {}

  /** Pooling over windows of rows and columns. */
  record Pooling(String name, Stage input, PoolingType type, Axis rows, Axis columns)
      implements OfOne {}

  /** Pooling over all rows and columns. */
  record GlobalPooling(String name, Stage input, PoolingType type) implements OfOne {}

  /** Zeros around rows and columns: above, below, left and right. */
  record Padding(String name, Stage input, int[] zeros) implements OfOne {
    Axis around(Axis axis, boolean isColumns) {
      return isColumns ? axis.padded(zeros[2], zeros[3]) : axis.padded(zeros[0], zeros[1]);
    }
  }

  /** The sum of several. */
  record Sum(String name, List<Stage> inputs) implements Stage {}

  /**
   * The channels of several, concatenated along an axis of the minibatch; it may read flattened
   * images.
   */
  record Concatenation(String name, List<Stage> inputs, int axis, boolean flattened)
      implements Stage {
    /** Whether it concatenates channels, of images or of vectors. */
    boolean isOfChannels(boolean spatial, boolean channelsLast) {
      int last = spatial && !flattened ? 3 : 1;
      return (axis < 0 ? last + 1 + axis : axis) == (channelsLast ? last : 1);
    }
  }

  /** A function that neurons cannot represent; only a network's last function may be one. */
  record Function(String name, Stage input, IActivation activation) implements OfOne {}
}
