package org.dl4jsnn.conf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.json.SavedByFields;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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
public abstract class BaseSpikingLayer extends SpikeTrainLayer implements BackpropRules.Hooked {

  private static final long serialVersionUID = 1L;

  /** The dynamics of the neurons. */
  @SavedByFields private NeuronDynamics neuron;

  /** How the weights learn. */
  @SavedByFields private BackpropRule backprop = new SpatioTemporalBackprop();

  /** Whether the rule is the default. */
  @JsonProperty private boolean defaultBackprop;

  /** What the neurons learn, serializable; not written if they learn nothing. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  ArrayList<LearnedParameter> learned = new ArrayList<>();

  /** Normalisation of the input currents; null for none. */
  @JsonProperty CurrentNormalization normalization;

  /** Bounds of the firing rates; null, and not written, for none. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private FiringRateRegularization firingRateRegularization;

  /** The price of additions; null, and not written, for none. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private SynapticOperationsRegularization synapticOperationsRegularization;

  /** Whether a network was built from the layer. */
  private transient boolean isInUse;

  /** For deserialisation. */
  protected BaseSpikingLayer() {}

  /**
   * Creates a layer from its builder. A layer with weights calls {@code
   * initializeConstraints(builder)} after it has set everything that {@link #weights} reads.
   *
   * @param builder the builder
   */
  protected BaseSpikingLayer(SpikingLayerBuilder<?> builder) {
    super(builder, builder.bias(), "a spiking layer, whose neurons fire");
    this.neuron = builder.neuron();
    this.learned = new ArrayList<>(builder.learned());
    LearnedParameter.check(learned, neuron);
    this.defaultBackprop = builder.backprop() == null;
    this.backprop = defaultBackprop ? backprop : builder.backprop();
    this.normalization = builder.normalization();
    this.firingRateRegularization = builder.firingRateRegularization();
    this.synapticOperationsRegularization = builder.synapticOperationsRegularization();
    // Not inherited: Deeplearning4j's network-wide default is meant for other activations and
    // leaves spiking layers silent.
    this.weightInitFn =
        builder.getWeightInitFn() != null ? builder.getWeightInitFn() : new WeightInitRelu();
  }

  /**
   * {@return the dynamics of the layer's neurons before anything is learned} Layers without neurons
   * ({@link #hasNeurons}) do not use it.
   */
  public NeuronDynamics getNeuron() {
    return neuron;
  }

  /**
   * Sets the dynamics of the layer's neurons. A network built from the configuration uses them at
   * once; its neurons must then stay of the same kind.
   *
   * @param neuron the neuron
   * @throws IllegalArgumentException if it is null, or has no parameter that the layer learns
   * @throws IllegalStateException if a network was built from the layer, and the neuron is of
   *     another kind or differs in a parameter that the network learns
   */
  @JsonIgnore // Jackson sets the field
  public void setNeuron(NeuronDynamics neuron) {
    LearnedParameter.check(learned, Require.given("neuron", neuron));
    if (isInUse) {
      SettingsCheck.exchange(this, neuron);
    }
    this.neuron = neuron;
  }

  /**
   * The dynamics of the neurons of a trained layer, with the parameters that it has learned.
   *
   * @param parameters the layer's current parameters, as {@code network.getLayer(i).paramTable()}
   *     returns them
   * @return the definition that is simulated; {@link NeuronDynamics#parameters()} has the values
   * @throws IllegalArgumentException if a learned number is not finite
   */
  public NeuronDynamics learnedNeuron(Map<String, INDArray> parameters) {
    return learned.isEmpty() ? neuron : LearnedParameter.apply(learned, neuron, parameters);
  }

  /** {@return the parameters of its neurons that the layer learns; empty for none} */
  public List<LearnedParameter> getLearned() {
    return List.copyOf(learned);
  }

  /**
   * The identity: the activation is a firing rate. Its text describes the neurons on
   * Deeplearning4j's training pages. It is not saved.
   *
   * @return the identity, whose text describes the neuron
   */
  @Override
  @JsonIgnore
  public IActivation getActivationFn() {
    return neuron == null || !hasNeurons()
        ? new ActivationIdentity()
        : new FiringActivation(neuron);
  }

  /** {@return how the layer's weights learn; spatio-temporal backpropagation by default} */
  public BackpropRule getBackprop() {
    return backprop;
  }

  /** Whether neither a builder nor a rule for the whole network has set the rule. */
  final boolean hasDefaultBackprop() {
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
    if (isInUse) {
      SettingsCheck.exchange(this, rule);
    }
  }

  @Override
  public boolean keepsCurrentsInRange() {
    return normalization != null || weights().isEmpty();
  }

  /** {@return normalisation of the input currents; null for none} */
  public CurrentNormalization getNormalization() {
    return normalization;
  }

  /** {@return bounds of the neurons' firing rates, as a term of the loss; null for none} */
  public FiringRateRegularization getFiringRateRegularization() {
    return firingRateRegularization;
  }

  /**
   * {@return the price of the additions that the layer's input spikes cause, as a term of the loss;
   * null for none}
   */
  public SynapticOperationsRegularization getSynapticOperationsRegularization() {
    return synapticOperationsRegularization;
  }

  /** Not in use until a network is built from the clone. */
  @Override
  public BaseSpikingLayer clone() {
    BaseSpikingLayer copy = (BaseSpikingLayer) super.clone();
    copy.isInUse = false;
    return copy;
  }

  /** {@return the axis of the weights that runs over the layer's outputs} */
  public int outputAxis() {
    return 0;
  }

  /**
   * {@return the shape of the layer's neurons for an input of the given shape}
   *
   * @param input the input's shape
   * @throws IllegalArgumentException if the input does not fit
   */
  public abstract FeatureShape outputShape(FeatureShape input);

  /**
   * {@return the layer's synapses for an input of the given shape}
   *
   * @param input the input's shape
   * @param parameters the layer's current parameters
   */
  public abstract Synapse synapse(FeatureShape input, Map<String, INDArray> parameters);

  /**
   * {@return the synapses from the layer's neurons to themselves; by default none}
   *
   * @param parameters the layer's current parameters
   */
  public Recurrence recurrence(Map<String, INDArray> parameters) {
    return Recurrence.NONE;
  }

  /**
   * {@return whether the layer has neurons; without neurons it has no gradient rule; false for max
   * pooling, and for layers that {@linkplain org.dl4jsnn.neuron.GradedNeuron pass on their
   * currents}}
   */
  public boolean hasNeurons() {
    return !passesCurrents();
  }

  /**
   * {@return whether the layer passes on its currents as graded spikes, {@link
   * org.dl4jsnn.neuron.GradedNeuron}, so that its activation is mean currents, not firing rates}
   */
  public final boolean passesCurrents() {
    return neuron != null && neuron.passesCurrents();
  }

  /**
   * {@return all parameters of the layer, in the order of the network's flat array: weights, bias,
   * the normalisation's parameters, the neurons' learned parameters, and the scalars of the
   * gradient rule}
   */
  @Override
  public final List<LayerParameter> parameters() {
    List<LayerParameter> parameters = super.parameters();
    if (normalization != null) {
      parameters.addAll(LayerParameter.ofNormalization(normalization, nOut));
    }
    learned.forEach(parameter -> parameters.add(parameter.ofLayer(neuron, nOut)));
    if (hasNeurons()) {
      parameters.addAll(LayerParameter.ofRule(backprop));
    }
    return parameters;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RatesType.requireTrain(name(), layerIndex, inputType);
    return RatesType.of(
        explain(() -> outputShape(FeatureShapes.of(inputType))),
        layerIndex,
        RatesType.names(inputType, this, layerIndex));
  }

  /** The class that {@code summary()} prints. */
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.CUSTOM;
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    SettingsCheck.neurons(this, type);
    isInUse = true;
    return kind().layer(conf, type, new ConfiguredLayer(this), onlyConsumer);
  }

  /** What equal layers have in common beside the settings of Deeplearning4j. */
  List<Object> settings() {
    return Arrays.asList(
        neuron,
        learned,
        backprop,
        normalization,
        firingRateRegularization,
        synapticOperationsRegularization);
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && settings().equals(((BaseSpikingLayer) other).settings());
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + settings().hashCode();
  }

  /** The identity, whose text describes the neurons on Deeplearning4j's training pages. */
  private static final class FiringActivation extends ActivationIdentity {

    private static final long serialVersionUID = 1L;

    private final Serializable neurons;

    FiringActivation(Serializable neurons) {
      this.neurons = neurons;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FiringActivation that && neurons.equals(that.neurons);
    }

    @Override
    public int hashCode() {
      return neurons.hashCode();
    }

    @Override
    public String toString() {
      return "firing rate (" + neurons + ")";
    }
  }
}
