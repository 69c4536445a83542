package org.dl4jsnn.conf;

import java.util.List;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.synapse.Synapse;

/**
 * A fully connected layer of spiking neurons (equations 1 to 6 of docs/mathematics.md).
 *
 * <pre>{@code
 * MultiLayerConfiguration configuration =
 *     new NeuralNetConfiguration.Builder().updater(new Adam(1e-3)).list()
 *         .layer(SpikeEncoding.poisson(20).build()) // T = 20
 *         .layer(new SpikingDense.Builder().nOut(200).leak(0.9).build()) // LIF
 *         .layer(new OutputLayer.Builder(new LossL2()).nOut(10)
 *             .activation(Activation.IDENTITY).build())
 *         .setInputType(InputType.feedForward(784))
 *         .build();
 * }</pre>
 *
 * <p>Input: a spike train of shape [minibatch, nIn] or [minibatch, channels, height, width], which
 * it flattens itself, in that order, without a preprocessor. Activation: firing rates [minibatch,
 * nOut]. Parameters: {@code W} [nIn, nOut], {@code b} [nOut] if there is a bias, what the neurons
 * learn, and the scalars of the gradient rule.
 *
 * <p>Defaults: no bias, threshold 1, no leak, hard reset to zero, and weights drawn from N(0, 2 /
 * nIn) whatever the network-wide weight initialisation is.
 */
public final class SpikingDense extends FullyConnectedLayer {

  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  private SpikingDense() {}

  private SpikingDense(Builder builder) {
    super(builder);
    initializeConstraints(builder);
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.DENSE;
  }

  @Override
  protected List<LayerParameter> weights() {
    return List.of(LayerParameter.weights(Synapse.WEIGHT, nIn, nOut, nIn, nOut));
  }

  /** Builds a {@link SpikingDense}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends WeightedLayerBuilder<Builder> {

    /** Creates a builder with the defaults of {@link SpikingDense}. */
    public Builder() {}

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public SpikingDense build() {
      return new SpikingDense(this);
    }
  }
}
