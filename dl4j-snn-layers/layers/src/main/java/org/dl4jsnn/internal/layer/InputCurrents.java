package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Converts the spikes of one minibatch to the currents of a layer's neurons, and propagates
 * gradients back. Lives from a forward pass to its backward pass.
 *
 * <ul>
 *   <li>{@link PlainCurrents}: through the synapses alone.
 *   <li>{@link FoldedCurrents}: normalised by running averages.
 *   <li>{@link BatchNormalizedCurrents}: normalised by the statistics of the minibatch.
 * </ul>
 */
interface InputCurrents {

  /** The synapses as the neurons see them. */
  Synapse synapse();

  /**
   * Whether the accumulated current is the sum of what the neurons are charged with, so that a
   * simulation can record it. Otherwise {@link #accumulate} computes it.
   */
  default boolean isSumOfSpikes() {
    return true;
  }

  /**
   * The accumulated current (equation 6 of docs/mathematics.md).
   *
   * @param spikesIn accumulated spikes of the input
   * @param steps T
   * @param current where to write it
   */
  void accumulate(Supplier<INDArray> spikesIn, int steps, INDArray current);

  /**
   * The backward pass for rate-based rules: writes the gradients of the parameters and returns the
   * gradient of the input's rates.
   *
   * @param rates the arriving rates
   * @param currentGradient the gradient of the neurons' mean currents
   * @param adjoint the backward pass through synapses
   */
  INDArray propagate(
      INDArray rates,
      INDArray currentGradient,
      SynapseAdjoint adjoint,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces);

  /**
   * Where time-resolved rules write the gradients of {@link #synapse}'s parameters.
   *
   * @param gradients the gradients of the layer's parameters
   */
  Map<String, INDArray> synapseGradients(Map<String, INDArray> gradients);

  /**
   * The backward pass for time-resolved rules: called after they have written all of {@link
   * #synapseGradients}.
   *
   * @param collected the gradient of the input's rates through {@link #synapse}
   * @param gradients where to write the gradients of the layer's parameters
   * @return the gradient of the input's rates
   */
  INDArray finish(
      INDArray collected, Map<String, INDArray> gradients, LayerWorkspaceMgr workspaces);
}
