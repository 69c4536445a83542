package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The settings that a {@link SpikingLayer} reads from its configuration. Read them every time,
 * since the neurons of an existing network can be set.
 */
public interface LayerSettings {

  /**
   * The layer as messages name it.
   *
   * @return name and type
   */
  String name();

  /**
   * The dynamics of the neurons.
   *
   * @param parameters the layer's current parameters, which may include some of the neurons
   * @return their definition
   */
  NeuronDynamics neuron(Map<String, INDArray> parameters);

  /**
   * The layer's parameter for a learned parameter of its neurons.
   *
   * @param parameter the neurons' parameter
   * @return the key of the layer's parameter; empty if it is not learned
   */
  Optional<String> keyOf(NeuronParameter parameter);

  /**
   * How the weights learn.
   *
   * @return the rule
   */
  BackpropRule backprop();

  /**
   * Whether the rule is the default because none was set.
   *
   * @return false if a rule was set
   */
  boolean hasDefaultBackprop();

  /**
   * Whether currents cannot grow in training.
   *
   * @return true with a normalisation, or without weights
   */
  boolean keepsCurrentsInRange();

  /**
   * Normalisation of the input currents.
   *
   * @return the normalisation; null for none
   */
  CurrentNormalization normalization();

  /**
   * Bounds of the firing rates.
   *
   * @return the regularisation; null for none
   */
  FiringRateRegularization firingRateRegularization();

  /**
   * The price of additions.
   *
   * @return the regularisation; null for none
   */
  SynapticOperationsRegularization synapticOperationsRegularization();

  /**
   * The axis of the weights that runs over the layer's outputs.
   *
   * @return the axis
   */
  int outputAxis();

  /**
   * Whether a parameter is kept with the model but not learned by gradients.
   *
   * @param parameter the parameter's key
   * @return true for scalars of the rule and running averages
   */
  boolean isState(String parameter);

  /**
   * Checks that an input fits the layer.
   *
   * @param input the input's shape
   * @throws IllegalArgumentException if it does not
   */
  void checkInput(FeatureShape input);

  /**
   * The shape of the neurons for an input.
   *
   * @param input the input's shape
   * @return the layer's shape
   */
  FeatureShape outputShape(FeatureShape input);

  /**
   * The synapses for an input.
   *
   * @param input the input's shape
   * @param parameters the layer's current parameters
   * @return the synapses
   */
  Synapse synapse(FeatureShape input, Map<String, INDArray> parameters);

  /**
   * The parameters of the synapses from the layer below.
   *
   * @return the names of their weights and bias
   */
  Set<String> synapticParameters();

  /**
   * The synapses from the neurons to themselves.
   *
   * @param parameters the layer's current parameters
   * @return the recurrence, possibly {@link Recurrence#NONE}
   */
  Recurrence recurrence(Map<String, INDArray> parameters);

  /**
   * The configuration with other neurons, for another network.
   *
   * @param neuron their dynamics, of which nothing is learned
   * @return a copy
   */
  FeedForwardLayer withNeuron(NeuronDynamics neuron);

  /**
   * The configuration with other additions to its currents, for another network.
   *
   * @param bias whether there is a bias
   * @param normalization the normalisation; null for none
   * @return a copy
   */
  FeedForwardLayer withCurrents(boolean bias, CurrentNormalization normalization);
}
