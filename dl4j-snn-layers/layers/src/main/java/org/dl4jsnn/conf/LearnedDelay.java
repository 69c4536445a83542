package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.LearnedDelayLayer;
import org.dl4jsnn.internal.layer.SpikingDelayLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A delay of spikes that is learned, one per channel, which in a vector is one per neuron (equation
 * 90 of docs/mathematics.md). In training, a spike leaves at all steps around its delay, with the
 * weights of a Gaussian that {@link NarrowingWidth} narrows; so what follows it must take spikes of
 * any amplitude, as all layers do, and a rule in time above it must give it a gradient. In
 * inference, in streams, and in every export, delays are whole steps, as in {@link SpikingDelay}.
 *
 * <pre>{@code
 * LearnedDelay layer =
 *     new LearnedDelay.Builder(20) // at most 20 steps
 *         .width(new NarrowingWidth(6, 0.5, 5_000))
 *         .build();
 * }</pre>
 *
 * <p>Several of them beside one another, joined by {@link SpikingConcatenate}, give every input
 * several delays.
 *
 * <p>Parameter {@code delay}, [channels]: the delays as shares of the longest, which an update
 * cannot move out of [0, 1]; they begin anywhere between 0 and the longest delay. Input, activation
 * and state are those of {@link SpikingDelay}, whose state holds as many steps as the longest
 * delay.
 *
 * <p>Source: Hammouamri et al., "Learning delays in spiking neural networks using dilated
 * convolutions with learnable spacings", ICLR 2024, arXiv 2306.17670, with one delay for all
 * synapses of an input in place of one per synapse.
 */
public final class LearnedDelay extends PassingLayer implements SpikingParameters.Owner {

  private static final long serialVersionUID = 1L;

  /** The longest delay, in time steps. */
  @JsonProperty private int longest;

  /** The width of the Gaussian, in time steps. */
  @JsonProperty private ISchedule width;

  /** What updates the delays. */
  @JsonProperty private IUpdater updater;

  /** Channels of the input; 0 until it is known. */
  @JsonProperty private int channels;

  /** For deserialisation. */
  private LearnedDelay() {}

  private LearnedDelay(Builder builder) {
    super(builder);
    this.longest = builder.longest;
    this.width = Require.given("width", builder.width);
    this.updater = builder.updater;
  }

  /** {@return the longest delay, in time steps} */
  public int getLongest() {
    return longest;
  }

  /** {@return the standard deviation of the Gaussian during training, in time steps} */
  public ISchedule getWidth() {
    return width;
  }

  /** {@return what updates the delays} */
  public IUpdater getUpdater() {
    return updater;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (channels == 0 || override) {
      channels = FeatureShapes.of(inputType).channels();
    }
  }

  @Override
  public List<LayerParameter> parameters() {
    return List.of(LayerParameter.weights(LearnedDelayLayer.DELAY, 1, 1, channels));
  }

  @Override
  public IWeightInit getWeightInitFn() {
    return new WeightInitDistribution(new UniformDistribution(0, 1));
  }

  @Override
  public ParamInitializer initializer() {
    return SpikingParameters.INSTANCE;
  }

  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return updater;
  }

  @Override
  public boolean isPretrainParam(String paramName) {
    return false;
  }

  @Override
  FeatureShape output(FeatureShape input) {
    return input;
  }

  @Override
  SpikingDelayLayer layer(NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    SettingsCheck.refuse(
        channels == 0,
        "%s: the channels of its input must be known. Possible cause: the configuration's"
            + " setInputType is missing",
        name());
    return new LearnedDelayLayer(conf, type, this::name, longest, width, onlyConsumer);
  }

  @Override
  List<Object> settings() {
    return Arrays.asList(longest, width, updater, channels);
  }

  /** Builds a {@link LearnedDelay}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends Layer.Builder<Builder> {

    private final int longest;
    private ISchedule width;
    private IUpdater updater = new Adam(5e-3);

    /**
     * Creates a builder; {@link #width} must be called.
     *
     * @param longest the longest delay, in time steps
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder(int longest) {
      this.longest = Require.atLeast("longest delay", longest, 1);
    }

    /**
     * The standard deviation of the Gaussian during training.
     *
     * @param schedule in time steps; such as {@link NarrowingWidth}
     * @return this builder
     */
    public Builder width(ISchedule schedule) {
      this.width = Require.given("width", schedule);
      return this;
    }

    /**
     * What updates the delays, in shares of the longest; Adam with a rate of 5e-3 by default.
     *
     * @param given the updater
     * @return this builder
     */
    public Builder updater(IUpdater given) {
      this.updater = Require.given("updater", given);
      return this;
    }

    /** {@return the layer; an IllegalArgumentException refuses one without a width} */
    @Override
    public LearnedDelay build() {
      return new LearnedDelay(this);
    }
  }
}
