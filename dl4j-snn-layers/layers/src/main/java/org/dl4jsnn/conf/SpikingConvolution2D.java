package org.dl4jsnn.conf;

import org.dl4jsnn.internal.layer.SpikingLayer;

/**
 * A two-dimensional convolution layer of spiking neurons (equations 1 to 6 of docs/mathematics.md).
 *
 * <pre>{@code
 * SpikingConvolution2D layer =
 *     new SpikingConvolution2D.Builder(3, 3)
 *         .nOut(64)
 *         .threshold(2)
 *         .normalization(new CurrentNormalization()) // instead of a bias
 *         .build();
 * }</pre>
 *
 * <p>Input: a spike train of shape [minibatch, channels, height, width]. Activation: firing rates
 * [minibatch, nOut, height, width]. Parameters: {@code W} [nOut, nIn, kernel height, kernel width],
 * {@code b} [nOut] if there is a bias, what the neurons learn, and the scalars of the backprop
 * rule.
 *
 * <p>Defaults: stride 1, same padding, no bias, threshold 1, no leak, hard reset to zero, and
 * weights drawn from N(0, 2 / fan-in) whatever the network-wide weight initialisation is.
 */
public final class SpikingConvolution2D extends WindowLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  private SpikingConvolution2D() {}

  private SpikingConvolution2D(Builder builder) {
    super(builder, builder.window.build());
    initializeConstraints(builder);
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.CONVOLUTION_2D;
  }

  /** Builds a {@link SpikingConvolution2D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends WindowLayerBuilder<Builder> {

    /**
     * Creates a builder with the defaults of {@link SpikingConvolution2D}.
     *
     * @param kernelHeight rows of the kernel, at least 1
     * @param kernelWidth columns of the kernel, at least 1
     */
    public Builder(int kernelHeight, int kernelWidth) {
      super(kernelHeight, kernelWidth);
    }

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public SpikingConvolution2D build() {
      return new SpikingConvolution2D(this);
    }
  }
}
