package org.dl4jsnn.internal.layer;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is left of a train where the time of its spikes does not matter. */
record AccumulatedSpikes(FeatureShape shape, int minibatch, int steps, float[] totals) {

  static AccumulatedSpikes of(SpikeTrain train) {
    return new AccumulatedSpikes(train.shape(), train.minibatch(), train.steps(), train.totals());
  }

  /** The mean of every step, in an array that the caller closes. */
  INDArray rates(DataType type) {
    return Rates.of(this, type, LayerWorkspaceMgr.noWorkspaces());
  }
}
