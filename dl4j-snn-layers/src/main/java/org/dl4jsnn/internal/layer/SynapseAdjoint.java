package org.dl4jsnn.internal.layer;

import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way of a gradient back through synapses, as far as somebody asks for it. */
@FunctionalInterface
interface SynapseAdjoint {

  /** Parameters and input. */
  SynapseAdjoint WHOLE = Synapse::backprop;

  /** Parameters; the gradient of the input is zeros, since Deeplearning4j hands down an array. */
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
