package org.dl4jsnn.internal.simulate;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
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

  /**
   * The shape of the output.
   *
   * @return the shape of one sample
   */
  FeatureShape output();

  /**
   * Pools a train.
   *
   * @param train the spikes
   * @return the pooled spikes
   */
  SpikeTrain pool(SpikeTrain train);

  /**
   * Propagates a gradient in time back.
   *
   * @param train the spikes that were pooled
   * @param gradient the loss's gradient with respect to every pooled spike
   * @return the gradient with respect to every spike of the train
   */
  SpikeGradient backprop(SpikeTrain train, SpikeGradient gradient);

  /**
   * Pools rates.
   *
   * @param rates [minibatch, channels, height, width]
   * @param pooled where to write the result, in the shape of the output
   */
  void pool(INDArray rates, INDArray pooled);

  /**
   * Propagates a gradient of rates back.
   *
   * @param rates the rates that were pooled
   * @param gradient the loss's gradient with respect to the pooled rates
   * @param workspaces where the result is made
   * @return the gradient with respect to the rates, as an activation's gradient
   */
  INDArray backprop(INDArray rates, INDArray gradient, LayerWorkspaceMgr workspaces);
}
