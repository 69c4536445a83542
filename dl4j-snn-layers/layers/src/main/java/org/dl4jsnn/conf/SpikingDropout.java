package org.dl4jsnn.conf;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikingDropoutLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dropout of spiking neurons, with the same mask at all time steps (equation 26 of
 * docs/mathematics.md). In training each neuron of a sample is kept for the whole window with
 * probability p; its spikes then have amplitude 1/p, and its rate is r/p. Otherwise it has no
 * spikes. In inference everything passes unchanged.
 *
 * <pre>{@code
 * SpikingDropout layer = new SpikingDropout.Builder().retain(0.8).build(); // drops a fifth
 * }</pre>
 *
 * <p>Input: the spike train of a spiking layer or an encoding, [minibatch, n] or [minibatch,
 * channels, height, width]. Activation: the firing rates, in the same shape. No parameters.
 *
 * <p>The mask is drawn from the network's seed, fresh in every training iteration. A frozen layer
 * (transfer learning) always acts as in inference.
 */
public final class SpikingDropout extends PassingLayer {

  private static final long serialVersionUID = 1L;

  /** p: the probability of keeping a neuron. */
  @JsonProperty private double retain;

  /** For deserialisation. */
  private SpikingDropout() {}

  private SpikingDropout(Builder builder) {
    super(builder);
    this.retain = builder.retain;
  }

  /** {@return p: the probability of keeping a neuron, above 0 and at most 1} */
  public double getRetain() {
    return retain;
  }

  @Override
  FeatureShape output(FeatureShape input) {
    return input;
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    return new SpikingDropoutLayer(conf, type, this::name, retain, onlyConsumer);
  }

  @Override
  String insteadOfDropOut() {
    return "Set retain on its builder instead";
  }

  @Override
  List<Object> settings() {
    return List.of(retain);
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

    /** {@return the layer; an IllegalArgumentException refuses one without a probability} */
    @Override
    public SpikingDropout build() {
      Require.given("retain", retain);
      return new SpikingDropout(this);
    }
  }
}
