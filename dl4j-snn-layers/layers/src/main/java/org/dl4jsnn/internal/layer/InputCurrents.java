package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Converts the spikes of one minibatch to the currents of a layer's neurons, and propagates
 * gradients back. Lives from a forward pass to its backward pass.
 *
 * <ul>
 *   <li>{@link Plain}: through the synapses alone.
 *   <li>{@link FoldedCurrents}: normalised by running averages.
 *   <li>{@link BatchNormalizedCurrents}: normalised by the statistics of the minibatch.
 * </ul>
 */
interface InputCurrents {

  /** The synapses as the neurons see them. */
  Synapse synapse();

  /**
   * The same for the simulation of this minibatch alone, which reads no weights of inputs that do
   * not fire.
   */
  default Synapse simulated() {
    return synapse();
  }

  /**
   * Whether the accumulated current is the sum of what the neurons are charged with, so that a
   * simulation can record it. Otherwise {@link #accumulate} computes it.
   */
  default boolean isSumOfSpikes() {
    return true;
  }

  /** Writes the accumulated current (equation 6 of docs/mathematics.md) of accumulated spikes. */
  default void accumulate(Supplier<INDArray> spikesIn, int steps, INDArray current) {
    synapse().current(spikesIn.get(), steps, current);
  }

  /**
   * The currents of a train's neurons where they are known already, the same at every step; empty
   * where a simulation has to add weights.
   */
  default Optional<SpikeTrain> steady(SpikeTrain train) {
    return Optional.empty();
  }

  /**
   * The backward pass for rate-based rules: writes the gradients of the parameters and returns the
   * gradient of the input's rates.
   *
   * @param currentGradient the gradient of the neurons' mean currents
   * @param isRead whether the layer below reads the result; otherwise it is zeros, since
   *     Deeplearning4j needs an array
   */
  default INDArray propagate(
      INDArray rates,
      INDArray currentGradient,
      boolean isRead,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    Map<String, INDArray> own = synapseGradients(gradients);
    INDArray below = backprop(synapse(), rates, currentGradient, isRead, own, workspaces);
    return finish(below, gradients, workspaces);
  }

  /** Where time-resolved rules write the gradients of {@link #synapse}'s parameters. */
  Map<String, INDArray> synapseGradients(Map<String, INDArray> gradients);

  /**
   * Ends the backward pass of time-resolved rules, after they have written all of {@link
   * #synapseGradients}.
   *
   * @param collected the gradient of the input's rates through {@link #synapse}
   * @param gradients where to write the gradients of the layer's parameters
   */
  INDArray finish(
      INDArray collected, Map<String, INDArray> gradients, LayerWorkspaceMgr workspaces);

  /** The backward pass through synapses, limited to the gradients that are needed. */
  static INDArray backprop(
      Synapse synapse,
      INDArray flow,
      INDArray currentGradient,
      boolean isRead,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    if (isRead) {
      return synapse.backprop(flow, currentGradient, gradients, workspaces);
    }
    synapse.backpropParameters(flow, currentGradient, gradients);
    return workspaces.create(ArrayType.ACTIVATION_GRAD, flow.dataType(), flow.shape(), 'c');
  }

  /** Currents from the synapses alone, whose weights and bias have the given names. */
  record Plain(Synapse synapse, Set<String> parameters) implements InputCurrents {

    @Override
    public Map<String, INDArray> synapseGradients(Map<String, INDArray> gradients) {
      Map<String, INDArray> own = new HashMap<>(gradients);
      own.keySet().retainAll(parameters);
      return own;
    }

    @Override
    public INDArray finish(
        INDArray collected, Map<String, INDArray> gradients, LayerWorkspaceMgr workspaces) {
      return collected;
    }
  }
}
