package org.dl4jsnn.conf;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A depthwise two-dimensional convolution layer of spiking neurons: every input channel has its own
 * kernels, which see no other channel (equation 55 of docs/mathematics.md). Followed by a 1 × 1
 * {@link SpikingConvolution2D} it is a separable convolution.
 *
 * <pre>{@code
 * SpikingDepthwiseConvolution2D depthwise =
 *     new SpikingDepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build();
 * SpikingConvolution2D pointwise = new SpikingConvolution2D.Builder(1, 1).nOut(64).build();
 * }</pre>
 *
 * <p>Input: a spike train of shape [minibatch, nIn, height, width]. Activation: firing rates
 * [minibatch, nIn · m, height, width], with m the depth multiplier; input channel i yields the
 * output channels i · m to i · m + m − 1. Parameters: {@code W} [nIn · m, 1, kernel height, kernel
 * width], {@code b} [nIn · m] if there is a bias, and the scalars of the gradient rule.
 *
 * <p>Defaults: m = 1, stride 1, same padding, no bias, threshold 1, no leak, hard reset to zero,
 * and weights drawn from N(0, 2 / fan-in) whatever the network-wide weight initialisation is, with
 * a fan-in of kernel height · kernel width.
 */
public final class SpikingDepthwiseConvolution2D extends WindowLayer {

  private static final long serialVersionUID = 1L;

  /** m: output channels per input channel. */
  @JsonProperty private int depthMultiplier;

  /** For deserialisation. */
  private SpikingDepthwiseConvolution2D() {}

  private SpikingDepthwiseConvolution2D(Builder builder) {
    super(builder, builder.window.build());
    this.depthMultiplier = Require.atLeast("depth multiplier", builder.depthMultiplier, 1);
    Require.not(
        nOut != 0,
        "nOut must not be set on a depthwise convolution, which has nIn · depth"
            + " multiplier output channels, got %s",
        nOut);
    this.nOut = nIn * depthMultiplier;
    initializeConstraints(builder);
  }

  /** {@return m: output channels per input channel, at least 1} */
  public int getDepthMultiplier() {
    return depthMultiplier;
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    requireImage(input);
    return window.outputShape(
        input,
        Require.atLeast("nIn · depth multiplier", (long) input.channels() * depthMultiplier, 1));
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    nOut = nIn * depthMultiplier;
  }

  /** Sets the input channels, and with them the output channels. */
  @Override
  public void setNIn(long channels) {
    super.setNIn(channels);
    setNOut(channels * depthMultiplier);
  }

  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return new DepthwiseSynapse(
        window, input, parameters.get(Synapse.WEIGHT), parameters.get(Synapse.BIAS));
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.DEPTHWISE_CONVOLUTION_2D;
  }

  @Override
  protected List<LayerParameter> weights() {
    return List.of(kernels(1, depthMultiplier));
  }

  @Override
  List<Object> settings() {
    return List.of(super.settings(), depthMultiplier);
  }

  /** Builds a {@link SpikingDepthwiseConvolution2D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends WindowLayerBuilder<Builder> {

    private int depthMultiplier = 1;

    /**
     * Creates a builder with the defaults of {@link SpikingDepthwiseConvolution2D}.
     *
     * @param kernelHeight rows of the kernel, at least 1
     * @param kernelWidth columns of the kernel, at least 1
     */
    public Builder(int kernelHeight, int kernelWidth) {
      super(kernelHeight, kernelWidth);
    }

    /**
     * m: output channels per input channel.
     *
     * @param channels at least 1; 1 by default
     * @return this builder
     */
    public Builder depthMultiplier(int channels) {
      this.depthMultiplier = channels;
      return this;
    }

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public SpikingDepthwiseConvolution2D build() {
      return new SpikingDepthwiseConvolution2D(this);
    }
  }
}
