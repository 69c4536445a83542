package org.dl4jsnn.regularize;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Penalises the additions of a weighted layer by a term of the loss (equation 50 of
 * docs/mathematics.md):
 *
 * <pre>{@code
 * SpikingDense layer =
 *     new SpikingDense.Builder()
 *         .nOut(200)
 *         .synapticOperationsRegularization(new SynapticOperationsRegularization(1e-7))
 *         .build();
 * }</pre>
 *
 * <pre>  strength · Σ_j T · r̄_j · f_j </pre>
 *
 * with r̄_j the mean rate over the minibatch of input j and f_j its fan-out, the number of the
 * layer's neurons that it reaches: the layer's additions per sample, as counted by {@code
 * monitor.SynapticOperations} for spikes of amplitude 1. A graded spike costs its amplitude, and
 * spikes of both signs of one neuron cancel. Its gradient goes to the layer below, which fires
 * these spikes; if that is an encoding, nothing learns from it. A constant input current causes no
 * additions.
 *
 * <p>Source of the idea: Sorbaro et al., "Optimizing the energy consumption of spiking neural
 * networks for neuromorphic applications", Frontiers in Neuroscience 14, 2020, doi
 * 10.3389/fnins.2020.00662.
 *
 * @param strength the loss per addition; positive and finite, such as 1e-7
 * @serial exclude
 */
public record SynapticOperationsRegularization(double strength) implements Serializable {

  /**
   * Checks the strength.
   *
   * @param strength the loss per addition
   * @throws IllegalArgumentException if it is not positive and finite
   */
  @JsonCreator
  public SynapticOperationsRegularization(@JsonProperty("strength") double strength) {
    this.strength = Require.positiveFinite("strength", strength);
  }
}
