package org.dl4jsnn.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.spike.HostArrays;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the activation of a spiking layer: its firing rates (equation 6 of docs/mathematics.md).
 */
final class Rates {

  private Rates() {}

  /** Accumulated flow / T, as an activation in the workspace where Deeplearning4j expects it. */
  static INDArray of(SpikeTrain train, DataType type, LayerWorkspaceMgr workspaces) {
    INDArray activation =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, type, train.shape().arrayShape(train.minibatch()), 'c');
    HostArrays.copy(train.totals(), activation);
    return activation.divi(train.steps());
  }
}
