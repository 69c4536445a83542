package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Currents from the synapses alone.
 *
 * @param synapse the synapses
 * @param parameters the names of their weights and bias
 */
record PlainCurrents(Synapse synapse, Set<String> parameters) implements InputCurrents {

  @Override
  public void accumulate(Supplier<INDArray> spikesIn, int steps, INDArray current) {
    synapse.current(spikesIn.get(), steps, current);
  }

  @Override
  public INDArray propagate(
      INDArray rates,
      INDArray currentGradient,
      SynapseAdjoint adjoint,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    return adjoint.backprop(synapse, rates, currentGradient, gradients, workspaces);
  }

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
