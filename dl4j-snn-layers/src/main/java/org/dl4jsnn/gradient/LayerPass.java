package org.dl4jsnn.gradient;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link BackpropRule} sees of a layer's forward pass over one minibatch, and how it acts on
 * the layer. Lives for one call of the rule.
 */
public interface LayerPass {

  /**
   * Whether the layer has weights.
   *
   * @return false for pooling
   */
  boolean isWeighted();

  /**
   * The dynamics of the layer's neurons.
   *
   * @return the neuron
   */
  SpikingNeuron neuron();

  /**
   * The accumulated flow of the window just simulated; computed at the first call.
   *
   * @return the flow, valid during the call of the rule
   */
  AccumulatedFlow flow();

  /**
   * A scalar that the rule keeps in this layer.
   *
   * @param name one of {@link BackpropRule#scalars}
   * @return its value before this minibatch
   */
  double scalar(String name);

  /**
   * Sets a scalar. The value takes effect with the update of the weights; {@link #scalar} keeps
   * returning the old one during this pass.
   *
   * @param name one of {@link BackpropRule#scalars}
   * @param value the new value
   */
  void updateScalar(String name, double value);

  /**
   * Number of updates before this one.
   *
   * @return the iteration
   */
  int iteration();

  /**
   * Number of epochs before this one.
   *
   * @return the epoch
   */
  int epoch();

  /**
   * Where working arrays are made (array type BP_WORKING_MEM).
   *
   * @return the workspaces
   */
  LayerWorkspaceMgr workspaces();

  /**
   * Ends the pass: writes the gradients of the weights and returns that of the input (equation 9 of
   * docs/mathematics.md).
   *
   * @param currentGradient the loss's gradient with respect to the mean input current of every
   *     neuron (accumulated current / T)
   * @return the loss's gradient with respect to the firing rates of the input
   */
  INDArray propagate(INDArray currentGradient);
}
