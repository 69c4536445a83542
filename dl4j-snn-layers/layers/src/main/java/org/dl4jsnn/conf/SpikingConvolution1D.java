package org.dl4jsnn.conf;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A one-dimensional convolution layer of spiking neurons, along an axis of space such as the
 * frequency channels of a cochlea (equations 1 to 6 of docs/mathematics.md). It does not slide
 * along time, which spiking layers go through step by step.
 *
 * <pre>{@code
 * SpikingConvolution1D layer = new SpikingConvolution1D.Builder(5).nOut(32).stride(2).build();
 * }</pre>
 *
 * <p>Input: a spike train of shape [minibatch, nIn, 1, width], channels × positions with a height
 * of 1. Activation: firing rates [minibatch, nOut, 1, width]. Parameters: {@code W} [nOut, nIn, 1,
 * kernel], {@code b} [nOut] if there is a bias, and the scalars of the gradient rule. It is
 * equivalent to a {@link SpikingConvolution2D} with a 1 × k kernel, and may be followed by {@link
 * SpikingPooling2D} with windows of one row.
 *
 * <p>Defaults: stride 1, same padding, no bias, threshold 1, no leak, hard reset to zero, and
 * weights drawn from N(0, 2 / fan-in) whatever the network-wide weight initialisation is.
 */
public final class SpikingConvolution1D extends WindowLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  private SpikingConvolution1D() {}

  private SpikingConvolution1D(Builder builder) {
    super(builder, builder.window.build());
    initializeConstraints(builder);
  }

  /** Checks that an input is channels × positions. */
  @Override
  FeatureShape require(FeatureShape input) {
    Require.not(
        !input.spatial() || input.height() != 1,
        "input must have the axes [minibatch, channels, 1, width], got [minibatch,"
            + " %s]. Give a vector of n positions as [minibatch, 1, T, 1, n] with"
            + " InputType.convolutional3D(NCDHW, T, 1, n, 1), or without time as"
            + " [minibatch, 1, 1, n] with InputType.convolutional(1, n, 1)",
        input);
    return input;
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.CONVOLUTION_1D;
  }

  /** Builds a {@link SpikingConvolution1D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends WeightedLayerBuilder<Builder> {

    private final WindowSettings window;

    /**
     * Creates a builder with the defaults of {@link SpikingConvolution1D}.
     *
     * @param kernel positions of the kernel, at least 1
     */
    public Builder(int kernel) {
      window = new WindowSettings(1, kernel, 1, 1, true);
    }

    /**
     * Distance between neighbouring windows.
     *
     * @param positions at least 1
     * @return this builder
     */
    public Builder stride(int positions) {
      window.stride(1, positions);
      return this;
    }

    /**
     * Explicit zeros at either end, instead of same padding.
     *
     * @param positions at least 0
     * @return this builder
     */
    public Builder padding(int positions) {
      window.padding(0, positions);
      return this;
    }

    /**
     * Distance between neighbouring taps of the kernel.
     *
     * @param positions at least 1
     * @return this builder
     */
    public Builder dilation(int positions) {
      window.dilation(1, positions);
      return this;
    }

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public SpikingConvolution1D build() {
      return new SpikingConvolution1D(this);
    }
  }
}
