package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.update.HostUpdates;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** What Deeplearning4j asks of a layer with parameters that reads a spike train. */
abstract class SpikeTrainLayer extends FeedForwardLayer implements SpikingParameters.Owner {

  private static final long serialVersionUID = 1L;

  /** Whether there is a learned bias current. */
  @JsonProperty boolean bias;

  /** For deserialisation. */
  SpikeTrainLayer() {}

  /**
   * Creates a layer whose activation function is the identity; refusals describe the layer, and why
   * it has no activation function of its own.
   */
  SpikeTrainLayer(FeedForwardLayer.Builder<?> builder, boolean hasBias, String described) {
    super(builder);
    Require.not(
        builder.getActivationFn() != null,
        "activation must not be set on %s, got %s",
        described,
        builder.getActivationFn());
    Require.atLeast("nIn (0: not set)", nIn, 0);
    Require.atLeast("nOut (0: not set)", nOut, 0);
    this.bias = hasBias;
    this.activationFn = new ActivationIdentity();
  }

  /** {@return whether a learned bias current is added at every step; true with a bias} */
  public boolean hasBias() {
    return bias;
  }

  /**
   * The layer's own weights, those of its synapses; bias, normalisation and the scalars of the
   * gradient rule are appended automatically.
   *
   * @return the weights, one of which is {@link Synapse#WEIGHT}; empty for a layer without weights
   */
  protected abstract List<LayerParameter> weights();

  /**
   * {@return the number of inputs, or of input channels, for an input of the given shape}
   *
   * @param input the input's shape
   * @throws IllegalArgumentException if the layer does not take such a shape
   */
  protected abstract long inputsOf(FeatureShape input);

  /**
   * Checks that an input has rows and columns.
   *
   * @param input the input's shape
   * @return the shape
   * @throws IllegalArgumentException if it is a vector
   */
  protected static FeatureShape requireImage(FeatureShape input) {
    Require.not(
        !input.spatial(),
        "input must have the axes [minibatch, channels, height, width], got" + " [minibatch, %s]",
        input);
    return input;
  }

  /**
   * Makes the layer of a network, after a check of the settings that throws a
   * DL4JInvalidConfigException.
   */
  abstract org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer);

  /** Numbers per sample that the activations take. */
  long activations(InputType output) {
    return output.arrayElementsPerExample();
  }

  /**
   * {@return all parameters of the layer, in the order of the network's flat array: weights, then
   * the bias if there is one}
   */
  @Override
  public List<LayerParameter> parameters() {
    List<LayerParameter> parameters = new ArrayList<>(weights());
    if (bias) {
      parameters.add(
          LayerParameter.vector(Synapse.BIAS, LayerParameter.Kind.BIAS, nOut, getBiasInit()));
    }
    return parameters;
  }

  /** Whether a parameter is no weight but state, whose "gradient" is the change to apply. */
  final boolean isState(String parameter) {
    return parameters().stream()
        .anyMatch(
            known -> known.kind() == LayerParameter.Kind.STATE && known.name().equals(parameter));
  }

  /** {@return the layer as messages name it: name and type} */
  @Override
  public String name() {
    return "layer '" + getLayerName() + "' (" + getClass().getSimpleName() + ")";
  }

  /** Names the layer in the error of a check. */
  final <R> R explain(Supplier<R> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidConfigException(name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    long inputs = explain(() -> inputsOf(FeatureShapes.of(inputType)));
    if (nIn <= 0 || override) {
      nIn = inputs;
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    SettingsCheck.refuse(
        inputType instanceof InputType.InputTypeConvolutionalFlat,
        "%s must come after SpikeEncoding, got the network's input %s",
        name(),
        inputType);
    // A preprocessor would make a new array and lose the spike train; spiking layers flatten their
    // input themselves.
    return null;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    org.deeplearning4j.nn.api.Layer layer = layer(conf, networkDataType, trainingListeners != null);
    SettingsCheck.halfPrecision(name(), getIUpdater(), networkDataType);
    layer.setListeners(trainingListeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return SpikingParameters.INSTANCE;
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return isState(paramName) ? new NoOp() : HostUpdates.of(super.getUpdaterByParam(paramName));
  }

  @Override
  public List<Regularization> getRegularizationByParam(String paramName) {
    return HostUpdates.of(super.getRegularizationByParam(paramName));
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long parameters = initializer().numParams(this);
    InputType output = getOutputType(RatesType.UNKNOWN, inputType);
    long updater = getIUpdater() == null ? 0 : getIUpdater().stateSize(parameters);
    return PassingLayer.memory(this, inputType, output, parameters, updater, activations(output));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpikeTrainLayer that
        && getClass() == that.getClass()
        && super.equals(other)
        && bias == that.bias;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), bias);
  }
}
