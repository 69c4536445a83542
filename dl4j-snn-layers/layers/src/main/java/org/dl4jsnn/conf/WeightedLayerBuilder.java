package org.dl4jsnn.conf;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;

/**
 * Settings of spiking layers with weights.
 *
 * @param <T> the layer's own builder
 */
@SuppressWarnings("unchecked")
public abstract class WeightedLayerBuilder<T extends WeightedLayerBuilder<T>>
    extends SpikingLayerBuilder<T> {

  private boolean bias;
  private CurrentNormalization normalization;
  private SynapticOperationsRegularization synapticOperationsRegularization;

  /** Creates a builder without bias and normalisation. */
  protected WeightedLayerBuilder() {}

  /**
   * Whether to add a learned bias current at every step.
   *
   * @param hasBias false by default
   * @return this builder
   */
  public T hasBias(boolean hasBias) {
    this.bias = hasBias;
    return (T) this;
  }

  /**
   * Batch normalisation of the input currents, under any gradient rule; instead of a bias.
   *
   * @param value the normalisation; null, the default, for none
   * @return this builder
   */
  public T normalization(CurrentNormalization value) {
    this.normalization = value;
    return (T) this;
  }

  @Override
  final boolean bias() {
    Require.not(
        bias && normalization != null,
        "hasBias must be false with a normalization, whose shift takes its place," + " got true");
    return bias;
  }

  @Override
  final CurrentNormalization normalization() {
    return normalization;
  }

  /**
   * The price of the additions that the layer's input spikes cause, as a term of the loss. It acts
   * on the layer below, which fires these spikes.
   *
   * @param value the regularisation; null, the default, for none
   * @return this builder
   */
  public T synapticOperationsRegularization(SynapticOperationsRegularization value) {
    synapticOperationsRegularization = value;
    return (T) this;
  }

  @Override
  final SynapticOperationsRegularization synapticOperationsRegularization() {
    return synapticOperationsRegularization;
  }
}
