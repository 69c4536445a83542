package org.dl4jsnn.conf;

import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A fully connected layer of spiking neurons that are also connected to one another: in addition to
 * the arriving spikes, each neuron gets the spikes that its own layer fired one step before
 * (equation 44 of docs/mathematics.md).
 *
 * <pre>{@code
 * SpikingRecurrent layer =
 *     new SpikingRecurrent.Builder()
 *         .nOut(128)
 *         .leak(0.95)
 *         .backprop(new SpatioTemporalBackprop().withDetachedReset())
 *         .build();
 * }</pre>
 *
 * <p>Input: a spike train of shape [minibatch, nIn] or [minibatch, channels, height, width], which
 * it flattens itself. Activation: firing rates [minibatch, nOut]. Parameters: {@code W} [nIn,
 * nOut], {@code RW} [nOut, nOut], from the row's neuron to the column's, or [nOut] if each neuron
 * is connected only to itself, {@code b} [nOut] if there is a bias, and the scalars of the backprop
 * rule. A normalisation applies to the arriving currents, not to the recurrent ones.
 *
 * <p>It is trained by rules that follow time ({@link
 * org.dl4jsnn.gradient.BackpropRule#learnsRecurrence}); any neuron can be used. It is simulated
 * spike by spike by the neuron's definition.
 *
 * <p>Defaults: no bias, threshold 1, no leak, hard reset to zero, W drawn from N(0, 2 / nIn) and RW
 * from N(0, 2 / (nIn + nOut)).
 */
public final class SpikingRecurrent extends FullyConnectedLayer {

  private static final long serialVersionUID = 1L;

  /** Whether each neuron is connected only to itself. */
  @JsonProperty private boolean oneToOne;

  /** For deserialisation. */
  private SpikingRecurrent() {}

  private SpikingRecurrent(Builder builder) {
    super(builder);
    oneToOne = builder.oneToOne;
    initializeConstraints(builder);
  }

  /**
   * {@return whether each neuron is connected only to itself; false if every neuron reaches every
   * neuron of the layer}
   */
  public boolean isOneToOne() {
    return oneToOne;
  }

  @Override
  public Recurrence recurrence(Map<String, INDArray> parameters) {
    INDArray weights = parameters.get(Recurrence.WEIGHT);
    return oneToOne ? Recurrence.oneToOne(weights) : Recurrence.full(weights);
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.RECURRENT;
  }

  @Override
  protected List<LayerParameter> weights() {
    long[] recurrent = oneToOne ? new long[] {nOut} : new long[] {nOut, nOut};
    return List.of(
        LayerParameter.weights(Synapse.WEIGHT, nIn, nOut, nIn, nOut),
        LayerParameter.weights(Recurrence.WEIGHT, (double) nIn + nOut, nOut, recurrent));
  }

  @Override
  List<Object> settings() {
    return List.of(super.settings(), oneToOne);
  }

  /** Builds a {@link SpikingRecurrent}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends WeightedLayerBuilder<Builder> {

    private boolean oneToOne;

    /** Creates a builder with the defaults of {@link SpikingRecurrent}. */
    public Builder() {}

    /**
     * Whether each neuron is connected only to itself.
     *
     * @param value false by default: every neuron reaches every neuron of the layer
     * @return this builder
     */
    public Builder oneToOne(boolean value) {
      this.oneToOne = value;
      return this;
    }

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public SpikingRecurrent build() {
      return new SpikingRecurrent(this);
    }
  }
}
