package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.Internal;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.update.HostUpdates;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.FeatureShapes;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A layer of spiking neurons: synapses × neuron × gradient rule. Custom layer types extend it too
 * (docs/extend.md): they define their weights, their output shape and their {@link Synapse}.
 *
 * <p>Its activation is the firing rate of its neurons, spikes / T, in the layer's ordinary shape.
 * The spikes themselves travel alongside it to the next spiking layer.
 *
 * <p>Implementations: {@link SpikingConvolution2D}, {@link SpikingConvolution1D}, {@link
 * SpikingDepthwiseConvolution2D}, {@link SpikingPooling2D}, {@link SpikingDense}, {@link
 * SpikingRecurrent}.
 */
public abstract class BaseSpikingLayer extends FeedForwardLayer
    implements BackpropRules.Hooked, SpikingParameters.Owner {

  private static final long serialVersionUID = 1L;

  /** The dynamics of the neurons. */
  @JsonProperty private SpikingNeuron neuron;

  /** A neuron of another kind, built-in or custom, that replaces the neuron; null for none. */
  @JsonProperty private NeuronDynamics dynamics;

  /** How the weights learn. */
  @JsonProperty private BackpropRule backprop = new SpatioTemporalBackprop();

  /**
   * What the neurons learn, serializable; left out of JSON if they learn nothing, as in early
   * models.
   */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private ArrayList<LearnedParameter> learned = new ArrayList<>();

  /** Whether the rule is the default. */
  @JsonProperty private boolean defaultBackprop;

  /** Whether a network was built from the layer. */
  private transient boolean isInUse;

  /** Whether there is a learned bias current. */
  @JsonProperty private boolean bias;

  /** Normalisation of the input currents; null for none. */
  @JsonProperty private CurrentNormalization normalization;

  /** Bounds of the firing rates; null, and not written, for none. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private FiringRateRegularization firingRateRegularization;

  /** The price of additions; null, and not written, for none. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private SynapticOperationsRegularization synapticOperationsRegularization;

  /** For deserialisation. */
  protected BaseSpikingLayer() {}

  /**
   * Creates a layer from its builder. A layer with weights calls {@code
   * initializeConstraints(builder)} after it has set everything that {@link #weights} reads.
   *
   * @param builder the builder
   */
  protected BaseSpikingLayer(SpikingLayerBuilder<?> builder) {
    super(builder);
    if (builder.getActivationFn() != null) {
      throw new IllegalArgumentException(
          "activation must not be set on a spiking layer, whose neurons fire, got "
              + builder.getActivationFn());
    }
    Require.atLeast("nIn (0: not set)", nIn, 0);
    Require.atLeast("nOut (0: not set)", nOut, 0);
    this.neuron = builder.neuron();
    this.dynamics = builder.dynamics();
    this.learned = new ArrayList<>(builder.learned());
    LearnedParameter.check(learned, neurons());
    this.defaultBackprop = builder.backprop() == null;
    if (builder.backprop() != null) {
      this.backprop = builder.backprop();
    }
    this.bias = builder.bias();
    this.normalization = builder.normalization();
    this.firingRateRegularization = builder.firingRateRegularization();
    this.synapticOperationsRegularization = builder.synapticOperationsRegularization();
    this.activationFn = new ActivationIdentity();
    // Not inherited: Deeplearning4j's network-wide default is meant for other activations and
    // leaves spiking layers silent.
    this.weightInitFn =
        builder.getWeightInitFn() != null ? builder.getWeightInitFn() : new WeightInitRelu();
  }

  /**
   * The dynamics of the layer's neurons, unless {@link #getDynamics()} replaces them.
   *
   * @return the neuron; {@link #neurons()} is what is simulated
   */
  public SpikingNeuron getNeuron() {
    return neuron;
  }

  /**
   * The neurons' dynamics before anything is learned: {@link #getDynamics()} if set, otherwise
   * {@link #getNeuron()}.
   *
   * @return the definition that is simulated
   */
  public final NeuronDynamics neurons() {
    return dynamics == null ? neuron : dynamics;
  }

  /**
   * The neurons' dynamics in a trained layer, with the parameters that it has learned.
   *
   * @param parameters the layer's current parameters, as {@code network.getLayer(i).paramTable()}
   *     returns them
   * @return the definition that is simulated; {@link NeuronDynamics#parameters()} has the values
   * @throws IllegalArgumentException if a learned number is not finite
   */
  public NeuronDynamics neurons(Map<String, INDArray> parameters) {
    return learned.isEmpty() ? neurons() : LearnedParameter.apply(learned, neurons(), parameters);
  }

  /**
   * The parameters of its neurons that the layer learns.
   *
   * @return the parameters; empty for none
   */
  public List<LearnedParameter> getLearned() {
    return List.copyOf(learned);
  }

  /**
   * Sets the dynamics of the layer's neurons, before training. A network built from the
   * configuration uses them at once. Max pooling has no neurons.
   *
   * @param neuron the neuron
   * @throws IllegalArgumentException if it is null, or has no parameter that the layer learns
   * @throws IllegalStateException if the layer has other dynamics, which are simulated instead, or
   *     if a network was built from the layer and learns a parameter that would change
   */
  @JsonIgnore // Jackson sets the field
  public void setNeuron(SpikingNeuron neuron) {
    Require.given("neuron", neuron);
    if (dynamics != null) {
      throw new IllegalStateException(
          name()
              + ": the neuron must not be set on a layer with other dynamics, which are simulated"
              + " instead, got "
              + neuron
              + " beside "
              + dynamics);
    }
    LearnedParameter.check(learned, neuron);
    requireLearnedKept(neuron);
    this.neuron = neuron;
  }

  /** Learned values lie in the network and would not change. */
  private void requireLearnedKept(SpikingNeuron other) {
    for (LearnedParameter parameter : learned) {
      if (isInUse && !parameter.isEqualIn(neuron, other)) {
        throw new IllegalStateException(
            name()
                + ": "
                + parameter.name()
                + " must not change after a network was built from the configuration, since the network"
                + " learns it, got "
                + other
                + " instead of the initial "
                + neuron
                + ". Set parameter "
                + parameter.key()
                + " of the network's layer, or build another network");
      }
    }
  }

  /**
   * A neuron of another kind, built-in or custom, that replaces {@link #getNeuron()}.
   *
   * @return the dynamics; null for none
   */
  public NeuronDynamics getDynamics() {
    return dynamics;
  }

  /**
   * The identity: the activation is a firing rate. Its text describes the neurons on
   * Deeplearning4j's training pages. It is not saved.
   *
   * @return the identity, whose text holds threshold, leak and reset, or the custom dynamics
   */
  @Override
  @JsonIgnore
  public IActivation getActivationFn() {
    NeuronDynamics neurons = neurons();
    return neurons == null || !hasNeurons()
        ? new ActivationIdentity()
        : new FiringActivation(neurons);
  }

  /**
   * How the layer's weights learn.
   *
   * @return the rule; spatio-temporal backpropagation by default
   */
  public BackpropRule getBackprop() {
    return backprop;
  }

  /**
   * Whether the rule is the default because none was set.
   *
   * @return false if a builder, a rule for the whole network, or a model of an early version set it
   */
  @JsonIgnore
  public boolean hasDefaultBackprop() {
    return defaultBackprop;
  }

  /**
   * Sets the rule. Must be called before a network is built from the layer, since rules keep their
   * own numbers among the layer's parameters.
   *
   * @throws IllegalStateException if a network was built from the layer and learns by another rule
   */
  @Override
  public void setBackprop(BackpropRule rule) {
    requireSettable(rule);
    this.backprop = rule;
    this.defaultBackprop = false;
  }

  @Override
  public void requireSettable(BackpropRule rule) {
    Require.given("gradient rule", rule);
    if (isInUse && !rule.equals(backprop)) {
      throw new IllegalStateException(
          name()
              + ": the gradient rule must be set before a network is built from the configuration, got "
              + rule
              + " while a network learns by "
              + backprop
              + ". Use BackpropRules.swap(network, rule), which returns a network with the same"
              + " weights, or apply the rule to configuration.clone()");
    }
  }

  @Override
  public boolean keepsCurrentsInRange() {
    return normalization != null || weights().isEmpty();
  }

  /** Not in use until a network is built from the clone. */
  @Override
  public BaseSpikingLayer clone() {
    BaseSpikingLayer copy = (BaseSpikingLayer) super.clone();
    copy.isInUse = false;
    return copy;
  }

  /**
   * Whether a learned bias current is added at every step.
   *
   * @return true with a bias
   */
  public boolean hasBias() {
    return bias;
  }

  /**
   * Normalisation of the input currents.
   *
   * @return the normalisation; null for none
   */
  public CurrentNormalization getNormalization() {
    return normalization;
  }

  /**
   * Bounds of the neurons' firing rates, as a term of the loss.
   *
   * @return the regularisation; null for none
   */
  public FiringRateRegularization getFiringRateRegularization() {
    return firingRateRegularization;
  }

  /**
   * The price of the additions that the layer's input spikes cause, as a term of the loss.
   *
   * @return the regularisation; null for none
   */
  public SynapticOperationsRegularization getSynapticOperationsRegularization() {
    return synapticOperationsRegularization;
  }

  /**
   * This layer after its normalisation is folded into its weights: with a bias instead.
   *
   * @return a new layer
   */
  @Internal
  public BaseSpikingLayer withBiasForNormalization() {
    BaseSpikingLayer layer = clone();
    layer.normalization = null;
    layer.bias = true;
    return layer;
  }

  /**
   * This layer with a normalisation instead of its bias.
   *
   * @param added the normalisation
   * @return a new layer
   */
  @Internal
  public BaseSpikingLayer withNormalizationForBias(CurrentNormalization added) {
    BaseSpikingLayer layer = clone();
    layer.normalization = Require.given("normalization", added);
    layer.bias = false;
    return layer;
  }

  /**
   * This layer with other neurons, which learn nothing.
   *
   * @param neurons their dynamics
   * @return a new layer
   */
  @Internal
  public BaseSpikingLayer withDynamics(NeuronDynamics neurons) {
    BaseSpikingLayer layer = clone();
    layer.dynamics = Require.given("dynamics", neurons);
    layer.learned = new ArrayList<>();
    return layer;
  }

  /**
   * The axis of the weights that runs over the layer's outputs.
   *
   * @return the axis
   */
  public int outputAxis() {
    return 0;
  }

  /**
   * The shape of the layer's neurons for an input of the given shape.
   *
   * @param input the input's shape
   * @return the layer's shape
   * @throws IllegalArgumentException if the input does not fit
   */
  public abstract FeatureShape outputShape(FeatureShape input);

  /**
   * The layer's synapses for an input of the given shape.
   *
   * @param input the input's shape
   * @param parameters the layer's current parameters
   * @return the synapses
   */
  public abstract Synapse synapse(FeatureShape input, Map<String, INDArray> parameters);

  /**
   * The synapses from the layer's neurons to themselves.
   *
   * @param parameters the layer's current parameters
   * @return the recurrence; by default none
   */
  public Recurrence recurrence(Map<String, INDArray> parameters) {
    return Recurrence.NONE;
  }

  /**
   * Whether the layer has neurons; without neurons it has no gradient rule.
   *
   * @return false for max pooling
   */
  public boolean hasNeurons() {
    return true;
  }

  /**
   * Checks that an input has rows and columns.
   *
   * @param input the input's shape
   * @return the shape
   * @throws IllegalArgumentException if it is a vector
   */
  protected static FeatureShape requireImage(FeatureShape input) {
    if (!input.spatial()) {
      throw new IllegalArgumentException(
          "input must have the axes [minibatch, channels, height, width], got [minibatch, "
              + input
              + "]");
    }
    return input;
  }

  /**
   * The layer's own weights, those of its synapses; bias, normalisation and the scalars of the
   * gradient rule are appended automatically.
   *
   * @return the weights, one of which is {@link Synapse#WEIGHT}; empty for a layer without weights
   */
  protected abstract List<LayerParameter> weights();

  /**
   * The number of inputs, or of input channels, for an input of the given shape.
   *
   * @param input the input's shape
   * @return the required nIn
   * @throws IllegalArgumentException if the layer does not take such a shape
   */
  protected abstract long inputsOf(FeatureShape input);

  /**
   * All parameters of the layer, in the order of the network's flat array: weights, bias, the
   * normalisation's parameters, the neurons' learned parameters, and the scalars of the backprop
   * rule.
   *
   * @return the parameters
   */
  @Override
  public final List<LayerParameter> parameters() {
    List<LayerParameter> parameters = new ArrayList<>(weights());
    if (bias) {
      parameters.add(
          LayerParameter.vector(Synapse.BIAS, LayerParameter.Kind.BIAS, nOut, getBiasInit()));
    }
    if (normalization != null) {
      parameters.add(ofNormalization(CurrentNormalization.GAIN, LayerParameter.Kind.LEARNED));
      parameters.add(ofNormalization(CurrentNormalization.SHIFT, LayerParameter.Kind.LEARNED));
      parameters.add(ofNormalization(CurrentNormalization.MEAN, LayerParameter.Kind.STATE));
      parameters.add(ofNormalization(CurrentNormalization.VARIANCE, LayerParameter.Kind.STATE));
    }
    for (LearnedParameter parameter : learned) {
      parameters.add(parameter.ofLayer(neurons(), nOut));
    }
    if (hasNeurons()) {
      backprop
          .scalars()
          .forEach(
              (name, value) ->
                  parameters.add(LayerParameter.vector(name, LayerParameter.Kind.STATE, 1, value)));
    }
    return parameters;
  }

  private LayerParameter ofNormalization(String name, LayerParameter.Kind kind) {
    return LayerParameter.vector(name, kind, nOut, normalization.initial(name));
  }

  /**
   * Checks that an input fits the layer.
   *
   * @param input the input's shape
   * @throws IllegalArgumentException if it does not; the message names the axes
   */
  public void checkInput(FeatureShape input) {
    long inputs = inputsOf(input);
    if (inputs != nIn) {
      throw new IllegalArgumentException(
          "input must have "
              + nIn
              + (input.spatial() ? " channels" : " neurons")
              + " (axis 1), got "
              + input
              + (input.spatial() ? " (channels×height×width)" : ""));
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RatesType.requireTrain(name(), layerIndex, inputType);
    return RatesType.of(
        explain(() -> outputShape(FeatureShapes.of(inputType))),
        layerIndex,
        RatesType.names(inputType, this, layerIndex));
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
    if (inputType instanceof InputType.InputTypeConvolutionalFlat) {
      throw new DL4JInvalidConfigException(
          name() + " must come after SpikeEncoding, got the network's input " + inputType);
    }
    // A preprocessor would make a new array and lose the spike train; spiking layers flatten their
    // input themselves.
    return null;
  }

  private <R> R explain(Supplier<R> shape) {
    try {
      return shape.get();
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidConfigException(name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The layer as messages name it.
   *
   * @return name and type
   */
  @Override
  public String name() {
    return "layer '" + getLayerName() + "' (" + getClass().getSimpleName() + ")";
  }

  /** The class that {@code summary()} prints. */
  SpikingLayer.Kind kind() {
    return SpikingLayer::new;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> trainingListeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    SettingsCheck.neurons(this, networkDataType);
    HalfPrecisionCheck.check(name(), getIUpdater(), networkDataType);
    isInUse = true;
    SpikingLayer layer =
        kind().layer(conf, networkDataType, new ConfiguredLayer(this), trainingListeners != null);
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

  /**
   * Whether a parameter is state that no updater touches: a scalar of the gradient rule, or a
   * running average of the normalisation. Its "gradient" is the change to apply.
   *
   * @param parameter the parameter's key
   * @return false for parameters learned by gradients
   */
  public boolean isState(String parameter) {
    return parameters().stream()
        .anyMatch(
            known -> known.kind() == LayerParameter.Kind.STATE && known.name().equals(parameter));
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long parameters = initializer().numParams(this);
    InputType output = getOutputType(RatesType.UNKNOWN, inputType);
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, output)
        .standardMemory(parameters, getIUpdater() == null ? 0 : getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, 0, output.arrayElementsPerExample())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BaseSpikingLayer that
        && getClass() == that.getClass()
        && super.equals(other)
        && bias == that.bias
        && Objects.equals(neuron, that.neuron)
        && Objects.equals(dynamics, that.dynamics)
        && learned.equals(that.learned)
        && Objects.equals(normalization, that.normalization)
        && Objects.equals(firingRateRegularization, that.firingRateRegularization)
        && Objects.equals(synapticOperationsRegularization, that.synapticOperationsRegularization)
        && Objects.equals(backprop, that.backprop);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(),
        neuron,
        dynamics,
        learned,
        backprop,
        bias,
        normalization,
        firingRateRegularization,
        synapticOperationsRegularization);
  }
}
