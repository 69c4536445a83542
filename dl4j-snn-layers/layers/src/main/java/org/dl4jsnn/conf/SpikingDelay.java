package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.layer.SpikingDelayLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A delay of spikes, without neurons or parameters: every spike leaves d steps later, s[t] =
 * s_below[t − d], and the first d steps are silent (equation 78 of docs/mathematics.md). There is
 * one d for the layer, one per channel, or one per neuron. Spikes that would leave after the window
 * are lost. In a stream they leave in a later piece, so the layer keeps the last steps of its
 * input, as many as the longest d, as its state: {@code spikes}, [minibatch, d, n] or [minibatch,
 * d, channels, height, width], the oldest step first.
 *
 * <pre>{@code
 * SpikingDelay all = new SpikingDelay.Builder().steps(3).build();
 * SpikingDelay perChannel = new SpikingDelay.Builder().steps(0, 2, 4).build(); // of 3 channels
 * }</pre>
 *
 * <p>Input: the spike train of a spiking layer or an encoding, [minibatch, n] or [minibatch,
 * channels, height, width], of any amplitudes. Activation: the firing rates of the spikes that
 * leave within the window, in the same shape. No parameters.
 *
 * <p>Under rules in time, gradients go back by the same d steps; under rate-based rules, they pass
 * unchanged.
 */
public final class SpikingDelay extends PassingLayer {

  private static final long serialVersionUID = 1L;

  /** d, in time steps: one for the layer, per channel, or per neuron. */
  @JsonProperty private int[] steps;

  /** For deserialisation. */
  private SpikingDelay() {}

  private SpikingDelay(Builder builder) {
    super(builder);
    this.steps = builder.steps;
  }

  /**
   * {@return d, in time steps: one for the layer, one per channel, or one per neuron in the order
   * of arrays}
   */
  public int[] getSteps() {
    return steps.clone();
  }

  /**
   * d of every neuron, in time steps.
   *
   * @param shape the shape of the neurons
   * @return one d per neuron, in the order of arrays
   * @throws IllegalArgumentException if the number of delays matches neither the channels nor the
   *     neurons
   */
  public int[] stepsOf(FeatureShape shape) {
    return delays(shape).steps();
  }

  private SpikeDelays delays(FeatureShape shape) {
    return SpikeDelays.of(steps, shape);
  }

  @Override
  FeatureShape output(FeatureShape input) {
    return delays(input).shape();
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    return new SpikingDelayLayer(
        conf, type, this::name, SpikeDelays.longest(steps), this::delays, onlyConsumer);
  }

  @Override
  List<Object> settings() {
    return Arrays.asList(steps == null ? null : Arrays.stream(steps).boxed().toList());
  }

  /** Builds a {@link SpikingDelay}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends Layer.Builder<Builder> {

    private int[] steps;

    /** Creates a builder; {@link #steps} must be called. */
    public Builder() {}

    /**
     * d, in time steps.
     *
     * @param delays one for the layer, one per channel, or one per neuron in the order of arrays,
     *     channels outermost; each at least 0
     * @return this builder
     * @throws IllegalArgumentException if no delay is given, or one is negative
     */
    public Builder steps(int... delays) {
      SpikeDelays.longest(delays);
      this.steps = delays.clone();
      return this;
    }

    /** {@return the layer; an IllegalArgumentException refuses one without delays} */
    @Override
    public SpikingDelay build() {
      Require.given("steps", steps);
      return new SpikingDelay(this);
    }
  }
}
