package org.dl4jsnn.synapse;

import java.util.Map;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.array.PooledArrays;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The synapse of average pooling: the current of a neuron is the average of its window. */
public final class AverageSynapse implements Synapse {

  private final PoolingWindows windows;

  /**
   * Creates a synapse.
   *
   * @param windows the windows over the input
   */
  public AverageSynapse(PoolingWindows windows) {
    this.windows = windows;
  }

  /** {@return the averaged windows} */
  public PoolingWindows windows() {
    return windows;
  }

  @Override
  public FeatureShape inputShape() {
    return windows.input();
  }

  @Override
  public FeatureShape outputShape() {
    return windows.output();
  }

  @Override
  public boolean isWeighted() {
    return false;
  }

  @Override
  public void current(INDArray flow, double biasTimes, INDArray current) {
    if (windows.areSingle()) {
      current.assign(flow);
      return;
    }
    PooledArrays.pool(windows, "avgpool2d", flow, current);
  }

  @Override
  public INDArray backprop(
      INDArray flow,
      INDArray currentGradient,
      Map<String, INDArray> parameterGradients,
      LayerWorkspaceMgr workspaces) {
    if (windows.areSingle()) {
      return workspaces.dup(
          ArrayType.ACTIVATION_GRAD, currentGradient.castTo(flow.dataType()), 'c');
    }
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, flow.dataType(), flow.shape(), 'c');
    PooledArrays.averagesBackprop(windows, flow, currentGradient, inputGradient);
    return inputGradient;
  }
}
