package org.dl4jsnn.conf;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingDropoutLayer;
import org.dl4jsnn.spike.FeatureShapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout of spiking neurons, with the same mask at all time steps (equation 26 of
 * docs/mathematics.md). In training each neuron of a sample is kept for the whole window with
 * probability p; its spikes then have amplitude 1/p, and its rate is r/p. Otherwise it has no
 * spikes. In inference everything passes unchanged.
 *
 * <p>Input: the spike train of a spiking layer or an encoding, [minibatch, n] or [minibatch,
 * channels, height, width]. Activation: the firing rates, in the same shape. No parameters.
 *
 * <p>The mask is drawn from the network's seed, fresh in every training iteration. A frozen layer
 * (transfer learning) always acts as in inference.
 */
public final class SpikingDropout extends NoParamLayer {

  private static final long serialVersionUID = 1L;

  /** p: the probability of keeping a neuron. */
  @JsonProperty private double retain;

  /** For deserialisation. */
  private SpikingDropout() {}

  private SpikingDropout(Builder builder) {
    super(builder);
    this.retain = builder.retain;
  }

  /**
   * p: the probability of keeping a neuron.
   *
   * @return above 0 and at most 1
   */
  public double getRetain() {
    return retain;
  }

  /**
   * The layer as messages name it.
   *
   * @return name and type
   */
  public String name() {
    return "layer '" + getLayerName() + "' (SpikingDropout)";
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    SettingsCheck.noDropOut(this, name(), "Set retain on its builder instead");
    SpikingDropoutLayer layer =
        new SpikingDropoutLayer(
            conf, networkDataType, this::name, retain, trainingListeners != null);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RatesType.requireTrain(name(), layerIndex, inputType);
    try {
      return RatesType.of(FeatureShapes.of(inputType), layerIndex);
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidConfigException(name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    if (inputType instanceof InputType.InputTypeConvolutionalFlat) {
      throw new DL4JInvalidConfigException(
          name() + " must come after SpikeEncoding, got the network's input " + inputType);
    }
    // A preprocessor would make a new array and lose the spike train.
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType output = getOutputType(RatesType.UNKNOWN, inputType);
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, output)
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, output.arrayElementsPerExample())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpikingDropout that
        && super.equals(other)
        && Double.compare(retain, that.retain) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), retain);
  }

  /** Builds a {@link SpikingDropout}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends Layer.Builder<Builder> {

    private Double retain;

    /** Creates a builder; {@link #retain} must be called. */
    public Builder() {}

    /**
     * p: the probability of keeping a neuron, like the argument of Deeplearning4j's {@code
     * dropOut(double)}.
     *
     * @param probability above 0 and at most 1; with 1 the layer does nothing
     * @return this builder
     * @throws IllegalArgumentException if the probability is not in that range
     */
    public Builder retain(double probability) {
      try {
        this.retain = Require.fraction("retain", probability);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            e.getMessage()
                + ". Possible cause: it is the probability of keeping a neuron, not of dropping it",
            e);
      }
      return this;
    }

    /**
     * Builds the layer.
     *
     * @return the layer
     * @throws IllegalArgumentException if the probability was not set
     */
    @Override
    public SpikingDropout build() {
      Require.given("retain", retain);
      return new SpikingDropout(this);
    }
  }
}
