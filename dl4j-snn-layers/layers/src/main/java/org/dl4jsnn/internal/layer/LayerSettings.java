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

  /** The layer as messages name it. */
  String name();

  /** The dynamics of the neurons, given the layer's current parameters. */
  NeuronDynamics neuron(Map<String, INDArray> parameters);

  /** The key of the layer's parameter for one of its neurons; empty if it is not learned. */
  Optional<String> keyOf(NeuronParameter parameter);

  /** How the weights learn. */
  BackpropRule backprop();

  /** Whether the rule is the default because none was set. */
  boolean hasDefaultBackprop();

  /** Whether currents cannot grow in training: with a normalisation, or without weights. */
  boolean keepsCurrentsInRange();

  /** Normalisation of the input currents; null for none. */
  CurrentNormalization normalization();

  /** Bounds of the firing rates; null for none. */
  FiringRateRegularization firingRateRegularization();

  /** The price of additions; null for none. */
  SynapticOperationsRegularization synapticOperationsRegularization();

  /** The axis of the weights that runs over the layer's outputs. */
  int outputAxis();

  /** Whether a parameter is a scalar of the rule or a running average, not learned by gradients. */
  boolean isState(String parameter);

  /** Checks that an input fits the layer, or throws an IllegalArgumentException. */
  void checkInput(FeatureShape input);

  /** The shape of the neurons for an input. */
  FeatureShape outputShape(FeatureShape input);

  /** The synapses for an input, given the layer's current parameters. */
  Synapse synapse(FeatureShape input, Map<String, INDArray> parameters);

  /** The names of weights and bias of the synapses from the layer below. */
  Set<String> synapticParameters();

  /** The synapses from the neurons to themselves, possibly {@link Recurrence#NONE}. */
  Recurrence recurrence(Map<String, INDArray> parameters);

  /** A copy of the configuration with other neurons, of which nothing is learned. */
  FeedForwardLayer withNeuron(NeuronDynamics neuron);

  /**
   * A copy of the configuration with other additions to its currents; no normalisation for null.
   */
  FeedForwardLayer withCurrents(boolean bias, CurrentNormalization normalization);
}
