package org.dl4jsnn.internal.compact;

import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.synapse.AverageHostSynapse;
import org.dl4jsnn.internal.synapse.DepthwiseHostSynapse;
import org.dl4jsnn.internal.synapse.HostParameter;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.spike.FeatureShape;

/** Kinds of synapses; files hold their ordinals. */
public enum SynapseKind {
  /** Every input to every neuron; weights [nIn, nOut]. */
  DENSE,

  /** A kernel slid over rows and columns; weights [nOut, nIn, kernel height, kernel width]. */
  CONVOLUTION,

  /** The same, with every channel separate; weights [nOut, 1, kernel height, kernel width]. */
  DEPTHWISE,

  /** The average of a window; no weights. */
  AVERAGE;

  /**
   * The shape of the neurons.
   *
   * @param window the window; null for a dense layer
   * @throws IllegalArgumentException if they do not fit together
   */
  public FeatureShape output(FeatureShape input, Window2D window, int outputs) {
    if (this == DENSE) {
      return FeatureShape.vector(outputs);
    }
    requireImage(input);
    if (this == AVERAGE) {
      return new PoolingWindows(window, input).output();
    }
    if (this == CONVOLUTION) {
      requireShortKernel(input, window, outputs);
    } else if (outputs % input.channels() != 0) {
      throw new IllegalArgumentException(
          "output channels of a depthwise convolution must be a multiple of the input's, "
              + input.channels()
              + ", got "
              + outputs);
    }
    return window.outputShape(input, outputs);
  }

  /**
   * The number of weights.
   *
   * @param window the window; null for a dense layer
   * @throws ArithmeticException if it overflows
   */
  public long weights(FeatureShape input, Window2D window, int outputs) {
    return switch (this) {
      case DENSE -> (long) input.neurons() * outputs;
      case CONVOLUTION ->
          Math.multiplyExact((long) taps(window), (long) input.channels() * outputs);
      case DEPTHWISE -> Math.multiplyExact((long) taps(window), (long) outputs);
      case AVERAGE -> 0;
    };
  }

  /** The synapses from an input to the neurons, with their weights and bias. */
  HostSynapse host(
      FeatureShape input, FeatureShape output, Window2D window, HostParameter w, HostParameter b) {
    return switch (this) {
      case DENSE -> WeightedHostSynapse.dense(input, output.neurons(), w, b);
      case CONVOLUTION -> WeightedHostSynapse.convolution(window, input, output, w, b);
      case DEPTHWISE -> new DepthwiseHostSynapse(window, input, output, w, b);
      case AVERAGE -> new AverageHostSynapse(new PoolingWindows(window, input));
    };
  }

  private static int taps(Window2D window) {
    return Math.multiplyExact(window.rows().kernel(), window.columns().kernel());
  }

  /** Kernels are expanded with the zeros of their dilation, which take no space in a file. */
  private static void requireShortKernel(FeatureShape input, Window2D window, int outputs) {
    double values =
        (double) window.rows().extent() * window.columns().extent() * input.channels() * outputs;
    boolean isDilated = window.rows().dilation() > 1 || window.columns().dilation() > 1;
    Require.not(
        isDilated && values > CompactModel.MOST_NEURONS,
        "kernel with its dilation must have at most %s values, got %s",
        CompactModel.MOST_NEURONS,
        values);
  }

  private static void requireImage(FeatureShape input) {
    Require.not(
        !input.spatial(), "input of a window must be channels × height × width, got %s", input);
  }
}
