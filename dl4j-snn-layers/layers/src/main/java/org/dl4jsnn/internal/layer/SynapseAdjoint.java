package org.dl4jsnn.internal.layer;

import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The backward pass through synapses, limited to the gradients that are needed. */
@FunctionalInterface
interface SynapseAdjoint {

  /** Computes the gradients of parameters and input. */
  SynapseAdjoint WHOLE = Synapse::backprop;

  /**
   * Computes those of parameters; the input's gradient is zeros, since Deeplearning4j needs an
   * array.
   */
  SynapseAdjoint PARAMETERS =
      (synapse, flow, currentGradient, parameterGradients, workspaces) -> {
        synapse.backpropParameters(flow, currentGradient, parameterGradients);
        return workspaces.create(ArrayType.ACTIVATION_GRAD, flow.dataType(), flow.shape(), 'c');
      };

  /**
   * Writes the gradients of the parameters.
   *
   * @return the gradient of the flow
   */
  INDArray backprop(
      Synapse synapse,
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces);
}
