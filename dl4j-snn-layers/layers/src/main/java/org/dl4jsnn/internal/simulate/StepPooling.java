package org.dl4jsnn.internal.simulate;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pools a train separately at every step, without neurons, and the rates alongside.
 *
 * <ul>
 *   <li>{@link MaximumPooling}: the largest amplitude of a window.
 *   <li>{@link SumPooling}: the sum of a window's amplitudes, or their mean.
 * </ul>
 */
public interface StepPooling {

  /** The windows over the input. */
  PoolingWindows windows();

  /** An array of pooled features in the shape of the windows. */
  default INDArray windowed(INDArray pooled) {
    return pooled.reshape('c', windows().output().arrayShape(Math.toIntExact(pooled.size(0))));
  }

  /** The shape of one sample of the output. */
  FeatureShape output();

  /** Pools a train. */
  SpikeTrain pool(SpikeTrain train);

  /** Propagates a gradient in time back to the spikes that were pooled. */
  SpikeGradient backprop(SpikeTrain train, SpikeGradient gradient);

  /** Pools rates [minibatch, channels, height, width] into an array in the shape of the output. */
  void pool(INDArray rates, INDArray pooled);

  /**
   * Propagates a gradient of rates back to the rates that were pooled, as an activation's gradient.
   */
  INDArray backprop(INDArray rates, INDArray gradient, LayerWorkspaceMgr workspaces);
}
