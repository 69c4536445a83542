package org.dl4jsnn.conf;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.internal.layer.SpikeAccumulationLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Waits for the end of the window, and then passes on, at each of its T steps, how often every
 * neuron has fired (n in equation 97 of docs/mathematics.md). The layer above has the same current
 * at every step, whatever the order of the spikes below. That order is what costs a deep network
 * accuracy at few steps. With a reset by subtraction, no leak and an initial membrane of half the
 * threshold θ, neurons above fire the number of spikes, from 0 to T, that is nearest to T · current
 * / θ.
 *
 * <pre>{@code
 * SpikeAccumulation window = new SpikeAccumulation.Builder().build(); // in front of weights
 * }</pre>
 *
 * <p>Input: the spike train of a spiking layer, [minibatch, n] or [minibatch, channels, height,
 * width]. Activation: the numbers of spikes, in the same shape: rates times T. So currents grow
 * with T: normalise them, or choose thresholds accordingly, and keep the T of the training. No
 * parameters, no neurons.
 *
 * <p>A spike still costs an addition per synapse, once. An answer takes a window more for each such
 * layer, so parts of a window are refused: {@code rnnTimeStep}, TruncatedBPTT, early answers,
 * feature masks.
 *
 * <p>The gradient of a rate below is T times that of the number passed on, under every rule: a
 * count does not depend on the time of a spike.
 */
public final class SpikeAccumulation extends PassingLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  private SpikeAccumulation() {}

  private SpikeAccumulation(Builder builder) {
    super(builder);
  }

  @Override
  FeatureShape output(FeatureShape input) {
    return input;
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    return new SpikeAccumulationLayer(conf, type, this::name, onlyConsumer);
  }

  @Override
  List<Object> settings() {
    return List.of();
  }

  /** Builds a {@link SpikeAccumulation}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends Layer.Builder<Builder> {

    /** Creates a builder. */
    public Builder() {}

    /** {@return the layer} */
    @Override
    public SpikeAccumulation build() {
      return new SpikeAccumulation(this);
    }
  }
}
