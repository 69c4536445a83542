package org.dl4jsnn.examples.guide;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.LayerParameter;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

// begin layer
/** Depthwise convolution with spiking neurons; stride 1, same padding. */
public final class CustomDepthwiseConvolution2D extends BaseSpikingLayer {

  private static final long serialVersionUID = 1L;

  /** Rows and columns of the kernel; odd. */
  @JsonProperty private int kernel;

  /** For deserialisation. */
  private CustomDepthwiseConvolution2D() {}

  private CustomDepthwiseConvolution2D(Builder builder) {
    super(builder);
    this.kernel = builder.kernel;
    initializeConstraints(builder);
  }

  @Override
  protected List<LayerParameter> weights() {
    double taps = kernel * kernel;
    return List.of(LayerParameter.weights(Synapse.WEIGHT, taps, taps, 1, nIn, kernel, kernel));
  }

  @Override
  protected long inputsOf(FeatureShape input) {
    return requireImage(input).channels();
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return requireImage(input);
  }

  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return new CustomDepthwiseSynapse(input, parameters.get(Synapse.WEIGHT));
  }

  /** The number of channels is unchanged. */
  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    nOut = nIn;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && kernel == ((CustomDepthwiseConvolution2D) other).kernel;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), kernel);
  }

  /** Builds a {@link CustomDepthwiseConvolution2D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends SpikingLayerBuilder<Builder> {

    private final int kernel;

    /**
     * A builder.
     *
     * @param kernel rows and columns of the kernel; odd
     */
    public Builder(int kernel) {
      this.kernel = kernel;
    }

    @Override
    public CustomDepthwiseConvolution2D build() {
      return new CustomDepthwiseConvolution2D(this);
    }
  }
}
// end layer
