package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A read-out in time: leaky integrators that take spikes and never fire (equations 51 to 53 of
 * docs/mathematics.md), with or without a synaptic current (equations 79 and 80). Stock layers
 * after it see the timing of spikes, which firing rates lack.
 *
 * <pre>{@code
 * ListBuilder layers = new NeuralNetConfiguration.Builder().list()
 *     .layer(SpikeEncoding.frames().build())
 *     .layer(new SpikingDense.Builder().nOut(128).leak(0.9).build())
 *     .layer(new LeakyReadOut.Builder().nOut(20).leak(0.95).reads(MembraneReadOut.MEAN).build())
 *     .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
 * }</pre>
 *
 * <p>Input: a spike train of shape [minibatch, nIn] or [minibatch, channels, height, width], which
 * it flattens itself. Activation: as set by {@link Builder#reads}, the membrane at the last step,
 * its mean or its maximum [minibatch, nOut] for an OutputLayer or LossLayer, or its whole course
 * [minibatch, nOut, T] for an RnnOutputLayer, an RnnLossLayer, an LSTM or any layer with a time
 * axis. Parameters: {@code W} [nIn, nOut], {@code b} [nOut] if there is a bias.
 *
 * <p>Its gradients are exact. It has no gradient rule: spiking layers below get the gradient in
 * time if their rule reads it, otherwise its sum, the gradient of rates.
 *
 * <p>Sequences of unequal length: with {@link SpikeEncoding.Builder#masked} it reads every sequence
 * to the end of its feature mask.
 *
 * <p>Defaults: no leak, no synaptic current, the membrane at the last step, no bias, and the
 * network-wide weight initialisation.
 */
public final class LeakyReadOut extends SpikeTrainLayer {

  private static final long serialVersionUID = 1L;

  /** λ: the share of the membrane kept from step to step; null if each neuron has its own. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private Double leak;

  /** λ of every neuron; null, and not written, if all share one. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private double[] leaks;

  /** β, one for all neurons or one per neuron; null, and not written, without synaptic current. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private double[] synapticDecay;

  /** G, one for all neurons or one per neuron; null, and not written, if it is 1. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private double[] gains;

  /** Where the integrators came from; null, and not written, if they were made here. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private String origin;

  /** What is read from the membrane. */
  @JsonProperty private MembraneReadOut reads;

  /** For deserialisation. */
  private LeakyReadOut() {}

  private LeakyReadOut(Builder builder) {
    super(
        builder,
        builder.bias,
        "a LeakyReadOut, whose membrane is handed on as it is, but on the layer after it");
    this.leak = builder.leak == null && builder.leaks == null ? Double.valueOf(1) : builder.leak;
    this.leaks = builder.leaks;
    this.synapticDecay = builder.synapticDecay;
    this.gains = builder.gains;
    this.origin = builder.origin;
    checkIntegrators();
    this.reads = Require.given("reads", builder.reads);
    initializeConstraints(builder);
  }

  /**
   * λ: the shares of the membranes kept from step to step.
   *
   * @return from 0 to 1; one for all neurons, or one per neuron
   */
  @JsonIgnore // or it would be written instead of the field
  public double[] getLeaks() {
    return leaks == null ? new double[] {leak} : leaks.clone();
  }

  /**
   * β: the shares of the synaptic currents kept from step to step.
   *
   * @return from 0 to 1; one for all neurons, or one per neuron; empty without a synaptic current
   */
  @JsonIgnore // or it would be written instead of the field
  public Optional<double[]> getSynapticDecay() {
    return Optional.ofNullable(synapticDecay).map(double[]::clone);
  }

  /**
   * G: the factor of the arriving current, G·(W·s + b) (equation 81 of docs/mathematics.md).
   * Integrators imported from a graph have it, since their weights stay as in the graph.
   *
   * @return one for all neurons, or one per neuron; 1 unless set
   */
  @JsonIgnore // or it would be written instead of the field
  public double[] getGains() {
    return gains == null ? new double[] {1} : gains.clone();
  }

  /**
   * Where the integrators came from, such as a graph's node.
   *
   * @return a text for the tool that imported them; empty if they were made here
   */
  @JsonIgnore // or it would be written instead of the field
  public Optional<String> getOrigin() {
    return Optional.ofNullable(origin);
  }

  /** {@return what is read from the membrane: last, mean, maximum or course} */
  public MembraneReadOut getReads() {
    return reads;
  }

  @Override
  protected List<LayerParameter> weights() {
    return List.of(LayerParameter.weights(Synapse.WEIGHT, nIn, nOut, nIn, nOut));
  }

  @Override
  protected long inputsOf(FeatureShape input) {
    return input.neurons();
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    RatesType.requireTrain(name(), layerIndex, inputType);
    RatesType.names(inputType, this, layerIndex); // Warns of a name that two layers have.
    explain(() -> FeatureShapes.of(inputType));
    explain(() -> Require.atLeast("nOut", nOut, 1));
    explainDecays();
    return reads == MembraneReadOut.COURSE
        ? InputType.recurrent(nOut)
        : InputType.feedForward(nOut);
  }

  private void checkIntegrators() {
    DecayCheck.check(leak, leaks, synapticDecay, nOut);
    DecayCheck.gains(gains, nOut);
  }

  /** Needed since a configuration may come from a file or have a new nOut. */
  private void explainDecays() {
    explain(
        () -> {
          checkIntegrators();
          return true;
        });
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    SettingsCheck.sizes(this, name());
    explainDecays();
    SettingsCheck.noNoise(this, name());
    return new LeakyReadOutLayer(
        conf,
        type,
        new LeakyReadOutLayer.Settings(
            name(), new IntegratorDecays(getLeaks(), synapticDecay), gains, reads),
        onlyConsumer);
  }

  /** The course of unknown length counts as one step. */
  @Override
  long activations(InputType output) {
    return nOut;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeakyReadOut that
        && super.equals(other)
        && Objects.equals(leak, that.leak)
        && Arrays.equals(leaks, that.leaks)
        && Arrays.equals(synapticDecay, that.synapticDecay)
        && Arrays.equals(gains, that.gains)
        && Objects.equals(origin, that.origin)
        && reads == that.reads;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(),
        leak,
        Arrays.hashCode(leaks),
        Arrays.hashCode(synapticDecay),
        Arrays.hashCode(gains),
        origin,
        reads);
  }

  /** Builds a {@link LeakyReadOut}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {

    private Double leak;
    private double[] leaks;
    private double[] synapticDecay;
    private double[] gains;
    private String origin;
    private MembraneReadOut reads = MembraneReadOut.LAST;
    private boolean bias;

    /** Creates a builder with the defaults of {@link LeakyReadOut}. */
    public Builder() {}

    /**
     * λ: the share of the membrane kept from step to step.
     *
     * @param value from 0 to 1; 1, the default, for an integrator without leak, 0 for the current
     *     of each step alone
     * @return this builder
     */
    public Builder leak(double value) {
      this.leak = value;
      return this;
    }

    /**
     * λ of every neuron, instead of one for all.
     *
     * @param values from 0 to 1, nOut numbers
     * @return this builder
     */
    public Builder leaks(double... values) {
      this.leaks = Require.given("leaks", values).clone();
      return this;
    }

    /**
     * β: the share of a synaptic current kept from step to step. Arriving spikes then charge this
     * current, i ← β·i + c, and it charges the membrane, v ← λ·v + i (equation 79 of
     * docs/mathematics.md).
     *
     * @param values from 0 to 1; one for all neurons, or nOut numbers. If not called, there is no
     *     synaptic current
     * @return this builder
     */
    public Builder synapticDecay(double... values) {
      this.synapticDecay = Require.given("synaptic decay", values).clone();
      return this;
    }

    /**
     * Sets where the integrators came from, needed to export them again, and G, the factor of the
     * arriving current (equation 81 of docs/mathematics.md).
     *
     * @param text what the tool that imports them reads, such as a graph's node
     * @param factors G, finite; one for all neurons, or nOut numbers
     * @return this builder
     */
    public Builder origin(String text, double... factors) {
      this.origin = Require.given("origin", text);
      boolean isOne = Arrays.stream(Require.given("gains", factors)).allMatch(g -> g == 1);
      this.gains = isOne ? null : factors.clone();
      return this;
    }

    /**
     * What is read from the membrane.
     *
     * @param value the membrane at the last step by default
     * @return this builder
     */
    public Builder reads(MembraneReadOut value) {
      this.reads = value;
      return this;
    }

    /**
     * Whether to add a learned bias current at every step.
     *
     * @param hasBias false by default
     * @return this builder
     */
    public Builder hasBias(boolean hasBias) {
      this.bias = hasBias;
      return this;
    }

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public LeakyReadOut build() {
      return new LeakyReadOut(this);
    }
  }
}
