package org.dl4jsnn.internal.compact;

import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.synapse.AverageHostSynapse;
import org.dl4jsnn.internal.synapse.DepthwiseHostSynapse;
import org.dl4jsnn.internal.synapse.HostParameter;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.spike.FeatureShape;

/** Kinds of synapses; files hold their ordinals. */
public enum SynapseKind {
  /** Every input to every neuron; weights [nIn, nOut]. */
  DENSE {
    @Override
    public FeatureShape output(FeatureShape input, Window2D window, int outputs) {
      return FeatureShape.vector(outputs);
    }

    @Override
    public long weights(FeatureShape input, Window2D window, int outputs) {
      return (long) input.neurons() * outputs;
    }

    @Override
    public HostSynapse host(Place at, HostParameter w, HostParameter b) {
      return WeightedHostSynapse.dense(at.input(), at.output().neurons(), w, b);
    }
  },
  /** A kernel slid over rows and columns; weights [nOut, nIn, kernel height, kernel width]. */
  CONVOLUTION {
    @Override
    public FeatureShape output(FeatureShape input, Window2D window, int outputs) {
      requireImage(input);
      requireShortKernel(input, window, outputs);
      return window.outputShape(input, outputs);
    }

    @Override
    public long weights(FeatureShape input, Window2D window, int outputs) {
      return Math.multiplyExact((long) taps(window), (long) input.channels() * outputs);
    }

    @Override
    public HostSynapse host(Place at, HostParameter w, HostParameter b) {
      return WeightedHostSynapse.convolution(at.window(), at.input(), at.output(), w, b);
    }
  },
  /** The same, with every channel separate; weights [nOut, 1, kernel height, kernel width]. */
  DEPTHWISE {
    @Override
    public FeatureShape output(FeatureShape input, Window2D window, int outputs) {
      requireImage(input);
      if (outputs % input.channels() != 0) {
        throw new IllegalArgumentException(
            "output channels of a depthwise convolution must be a multiple of the input's, "
                + input.channels()
                + ", got "
                + outputs);
      }
      return window.outputShape(input, outputs);
    }

    @Override
    public long weights(FeatureShape input, Window2D window, int outputs) {
      return Math.multiplyExact((long) taps(window), (long) outputs);
    }

    @Override
    public HostSynapse host(Place at, HostParameter w, HostParameter b) {
      return new DepthwiseHostSynapse(at.window(), at.input(), at.output(), w, b);
    }
  },
  /** The average of a window; no weights. */
  AVERAGE {
    @Override
    public FeatureShape output(FeatureShape input, Window2D window, int outputs) {
      requireImage(input);
      return new PoolingWindows(window, input).output();
    }

    @Override
    public long weights(FeatureShape input, Window2D window, int outputs) {
      return 0;
    }

    @Override
    public HostSynapse host(Place at, HostParameter w, HostParameter b) {
      return new AverageHostSynapse(new PoolingWindows(at.window(), at.input()));
    }
  };

  /**
   * The shape of the neurons.
   *
   * @param window the window; null for a dense layer
   * @throws IllegalArgumentException if they do not fit together
   */
  public abstract FeatureShape output(FeatureShape input, Window2D window, int outputs);

  /**
   * The number of weights.
   *
   * @param window the window; null for a dense layer
   * @throws ArithmeticException if it overflows
   */
  public abstract long weights(FeatureShape input, Window2D window, int outputs);

  /**
   * The shapes around synapses.
   *
   * @param input the input's shape
   * @param output the shape of the neurons
   * @param window the window; null for a dense layer
   */
  public record Place(FeatureShape input, FeatureShape output, Window2D window) {}

  /** The synapses. */
  public abstract HostSynapse host(Place at, HostParameter w, HostParameter b);

  private static int taps(Window2D window) {
    return Math.multiplyExact(window.rows().kernel(), window.columns().kernel());
  }

  /** Kernels are expanded with the zeros of their dilation, which take no space in a file. */
  private static void requireShortKernel(FeatureShape input, Window2D window, int outputs) {
    double values =
        (double) window.rows().extent() * window.columns().extent() * input.channels() * outputs;
    boolean isDilated = window.rows().dilation() > 1 || window.columns().dilation() > 1;
    if (isDilated && values > CompactModel.MOST_NEURONS) {
      throw new IllegalArgumentException(
          "kernel with its dilation must have at most "
              + CompactModel.MOST_NEURONS
              + " values, got "
              + values);
    }
  }

  private static void requireImage(FeatureShape input) {
    if (!input.spatial()) {
      throw new IllegalArgumentException(
          "input of a window must be channels × height × width, got " + input);
    }
  }
}
