package org.dl4jsnn.internal.simulate;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling of a train at every step by itself, without neurons, beside that of the rates.
 *
 * <ul>
 *   <li>{@link MaximumPooling}: the largest amplitude of a window.
 *   <li>{@link SumPooling}: the sum of a window's amplitudes, or their mean.
 * </ul>
 */
public interface StepPooling {

  /**
   * The shape of what is passed on.
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
   * The way back of a gradient in time.
   *
   * @param train the spikes that were pooled
   * @param gradient the loss's gradient with respect to every pooled spike
   * @return that with respect to every spike of the train
   */
  SpikeGradient backprop(SpikeTrain train, SpikeGradient gradient);

  /**
   * Pools rates.
   *
   * @param rates [minibatch, channels, height, width]
   * @param pooled where to, in the shape of the output
   */
  void pool(INDArray rates, INDArray pooled);

  /**
   * The way back of a gradient of rates.
   *
   * @param rates those that were pooled
   * @param gradient the loss's gradient with respect to the pooled rates
   * @param workspaces where the result is made
   * @return that with respect to the rates, an activation's gradient
   */
  INDArray backprop(INDArray rates, INDArray gradient, LayerWorkspaceMgr workspaces);
}
