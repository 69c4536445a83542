package org.dl4jsnn.gradient;

import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link BackpropRule}'s view of a layer's forward pass over one minibatch, and its means to act
 * on the layer. Valid for one call of the rule.
 */
public interface LayerPass {

  /** {@return whether the layer has weights; false for pooling} */
  boolean isWeighted();

  /**
   * {@return the dynamics of the layer's neurons, with the parameters that it has learned so far}
   */
  NeuronDynamics neuron();

  /**
   * {@return the accumulated flow of the window just simulated; computed at the first call; valid
   * during the call of the rule} Its input is what arrives from the layer below: what recurrent
   * neurons send one another is left out.
   */
  AccumulatedFlow flow();

  /**
   * {@return sums of the accumulated flow of the window just simulated, over the elements that
   * equation 11 of docs/mathematics.md counts}
   */
  FlowSums flowSums();

  /**
   * {@return a gradient through the neurons that had input (equation 12 of docs/mathematics.md):
   * factor · 1[in &gt; 0] · gradient}
   *
   * @param gradient [minibatch, …] in the layer's shape; not written to
   * @param factor the factor
   */
  INDArray gate(INDArray gradient, double factor);

  /**
   * {@return a gradient through the neurons that had input and did not fire at every step: factor ·
   * 1[in &gt; 0] · 1[out &lt; T] · gradient}
   *
   * @param gradient [minibatch, …] in the layer's shape; not written to
   * @param factor the factor
   */
  INDArray gateBelowSaturation(INDArray gradient, double factor);

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

  /** {@return number of updates before this one} */
  int iteration();

  /** {@return number of epochs before this one} */
  int epoch();

  /** {@return the workspaces for working arrays (array type BP_WORKING_MEM)} */
  LayerWorkspaceMgr workspaces();

  /**
   * The rule's observation of the simulation.
   *
   * @return the result of {@link BackpropRule#observe}
   * @throws IllegalStateException once the backward pass is done
   */
  Object observation();

  /**
   * The loss's gradient with respect to every single spike of the layer: the gradient in time that
   * the layers above left, plus the rest of the gradient of rates, spread evenly over the steps
   * (equation 15 of docs/mathematics.md). May be called once, and only by {@linkplain
   * BackpropRule#isTimeResolved time-resolved} rules.
   *
   * @param rateGradient the gradient of rates that the rule was given
   * @return the gradient, which the rule must close
   */
  StepGradient spikeGradient(INDArray rateGradient);

  /**
   * Where the gradients of the weights go, under the names in {@link org.dl4jsnn.synapse.Synapse}.
   *
   * @return views to be written to; empty without weights
   */
  Map<String, INDArray> parameterGradients();

  /**
   * Takes the gradient of a {@linkplain org.dl4jsnn.neuron.NeuronParameter#isLearned() learned}
   * parameter of the neurons. A rule that can compute it ({@link BackpropRule#whyNotLearned}) calls
   * this once per learned parameter.
   *
   * @param parameter which, as {@link NeuronDynamics#parameters} of {@link #neuron} counts them
   * @param gradient the loss's gradient with respect to each channel's value, summed over the
   *     channel's neurons and over samples
   */
  void learn(int parameter, double[] gradient);

  /**
   * Where a time-resolved gradient of the input goes.
   *
   * @return its collector; {@link InputGradient#finish} ends the pass
   */
  InputGradient inputGradient();

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
