package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.IActivation;

/**
 * A step in the computation of a non-spiking network of either kind. Stages are compared by
 * identity.
 */
abstract sealed class Stage {

  private final String name;
  private final List<Stage> inputs;

  private Stage(String name, List<Stage> inputs) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
  }

  /** The layer or vertex that it belongs to. */
  final String name() {
    return name;
  }

  final List<Stage> inputs() {
    return inputs;
  }

  final Stage input() {
    return inputs.get(0);
  }

  /** The features. */
  static final class Features extends Stage {
    Features() {
      super("input", List.of());
    }
  }

  /** A convolution or a full connection, with its bias. */
  static final class Linear extends Stage {
    private final LinearWeights weights;
    private final Axis rows;
    private final Axis columns;
    private final int multiplier;

    /**
     * A linear map.
     *
     * @param rows how a kernel slides over rows; null for a full connection
     * @param columns the same over columns
     * @param multiplier outputs per input of a depthwise convolution; else 0
     */
    Linear(
        String name, Stage input, LinearWeights weights, Axis rows, Axis columns, int multiplier) {
      super(name, List.of(input));
      this.weights = weights;
      this.rows = rows;
      this.columns = columns;
      this.multiplier = multiplier;
    }

    LinearWeights weights() {
      return weights;
    }

    boolean isConvolution() {
      return rows != null;
    }

    Axis rows() {
      return rows;
    }

    Axis columns() {
      return columns;
    }

    int multiplier() {
      return multiplier;
    }
  }

  /** Turns x into f · x + s, channel by channel; a single value applies to all. */
  static final class Scaling extends Stage {
    private final double[] factors;
    private final double[] shifts;

    Scaling(String name, Stage input, double[] factors, double[] shifts) {
      super(name, List.of(input));
      this.factors = factors;
      this.shifts = shifts;
    }

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
  static final class Rectifier extends Stage {
    private final double cap;

    Rectifier(String name, Stage input, double cap) {
      super(name, List.of(input));
      this.cap = cap;
    }

    double cap() {
      return cap;
    }

    /** The cap of a stage; infinite for one without. */
    static double capOf(Stage stage) {
      return stage instanceof Rectifier rectifier ? rectifier.cap : Double.POSITIVE_INFINITY;
    }
  }

  /** Pooling over windows of rows and columns. */
  static final class Pooling extends Stage {
    private final PoolingType type;
    private final Axis rows;
    private final Axis columns;

    Pooling(String name, Stage input, PoolingType type, Axis rows, Axis columns) {
      super(name, List.of(input));
      this.type = type;
      this.rows = rows;
      this.columns = columns;
    }

    PoolingType type() {
      return type;
    }

    Axis rows() {
      return rows;
    }

    Axis columns() {
      return columns;
    }
  }

  /** Pooling over all rows and columns. */
  static final class GlobalPooling extends Stage {
    private final PoolingType type;

    GlobalPooling(String name, Stage input, PoolingType type) {
      super(name, List.of(input));
      this.type = type;
    }

    PoolingType type() {
      return type;
    }
  }

  /** Zeros around rows and columns. */
  static final class Padding extends Stage {
    private final int[] zeros;

    /** Zeros above, below, left and right. */
    Padding(String name, Stage input, int[] zeros) {
      super(name, List.of(input));
      this.zeros = zeros;
    }

    Axis around(Axis axis, boolean isColumns) {
      return isColumns ? axis.padded(zeros[2], zeros[3]) : axis.padded(zeros[0], zeros[1]);
    }
  }

  /** The sum of several. */
  static final class Sum extends Stage {
    Sum(String name, List<Stage> inputs) {
      super(name, inputs);
    }
  }

  /** The channels of several, concatenated. */
  static final class Concatenation extends Stage {
    private final int axis;
    private final boolean flattened;

    /**
     * A concatenation.
     *
     * @param axis of the minibatch, along which it concatenates
     * @param flattened whether it reads flattened images
     */
    Concatenation(String name, List<Stage> inputs, int axis, boolean flattened) {
      super(name, inputs);
      this.axis = axis;
      this.flattened = flattened;
    }

    /** Whether it concatenates channels, of images or of vectors. */
    boolean isOfChannels(boolean spatial, boolean channelsLast) {
      int last = spatial && !flattened ? 3 : 1;
      return (axis < 0 ? last + 1 + axis : axis) == (channelsLast ? last : 1);
    }
  }

  /** A function that neurons cannot represent; only a network's last function may be one. */
  static final class Function extends Stage {
    private final IActivation activation;

    Function(String name, Stage input, IActivation activation) {
      super(name, List.of(input));
      this.activation = activation;
    }

    IActivation activation() {
      return activation;
    }
  }
}
