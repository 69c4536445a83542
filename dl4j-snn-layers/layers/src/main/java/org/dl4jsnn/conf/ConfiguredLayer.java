package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.layer.LayerSettings;
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
 * A configuration as the layer of a network sees it.
 *
 * @param layer the configuration
 */
record ConfiguredLayer(BaseSpikingLayer layer) implements LayerSettings {

  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public NeuronDynamics neuron(Map<String, INDArray> parameters) {
    return layer.learnedNeuron(parameters);
  }

  @Override
  public Optional<String> keyOf(NeuronParameter parameter) {
    return layer.getLearned().stream()
        .filter(learned -> learned.name().equals(parameter.name()))
        .map(LearnedParameter::key)
        .findFirst();
  }

  @Override
  public BackpropRule backprop() {
    return layer.getBackprop();
  }

  @Override
  public boolean hasDefaultBackprop() {
    return layer.hasDefaultBackprop();
  }

  @Override
  public boolean keepsCurrentsInRange() {
    return layer.keepsCurrentsInRange();
  }

  @Override
  public CurrentNormalization normalization() {
    return layer.getNormalization();
  }

  @Override
  public FiringRateRegularization firingRateRegularization() {
    return layer.getFiringRateRegularization();
  }

  @Override
  public SynapticOperationsRegularization synapticOperationsRegularization() {
    return layer.getSynapticOperationsRegularization();
  }

  @Override
  public int outputAxis() {
    return layer.outputAxis();
  }

  @Override
  public Set<String> synapticParameters() {
    return Stream.concat(
            layer.weights().stream().map(LayerParameter::name), Stream.of(Synapse.BIAS))
        .filter(name -> !name.equals(Recurrence.WEIGHT))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean isState(String parameter) {
    return layer.isState(parameter);
  }

  @Override
  public void checkInput(FeatureShape input) {
    SettingsCheck.input(layer, input);
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return layer.outputShape(input);
  }

  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return layer.synapse(input, parameters);
  }

  @Override
  public Recurrence recurrence(Map<String, INDArray> parameters) {
    return layer.recurrence(parameters);
  }

  @Override
  public BaseSpikingLayer withNeuron(NeuronDynamics neuron) {
    BaseSpikingLayer copy = layer.clone();
    copy.learned = new ArrayList<>();
    copy.setNeuron(neuron);
    return copy;
  }

  @Override
  public BaseSpikingLayer withCurrents(boolean bias, CurrentNormalization normalization) {
    BaseSpikingLayer copy = layer.clone();
    copy.bias = bias;
    copy.normalization = normalization;
    return copy;
  }
}
