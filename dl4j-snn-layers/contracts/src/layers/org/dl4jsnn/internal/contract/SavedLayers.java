package org.dl4jsnn.internal.contract;

import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/** Values written to the JSON of a layer and read again. */
public final class SavedLayers {

  private SavedLayers() {}

  /** A neuron as a layer's configuration restores it. */
  public static NeuronDynamics restored(NeuronDynamics neuron) throws JsonProcessingException {
    return restored(new SpikingDense.Builder().nOut(3).neuron(neuron).build()).getNeuron();
  }

  /** A rule as a layer's configuration restores it. */
  public static BackpropRule restored(BackpropRule rule) throws JsonProcessingException {
    return restored(new SpikingDense.Builder().nOut(3).backprop(rule).build()).getBackprop();
  }

  private static BaseSpikingLayer restored(BaseSpikingLayer layer) throws JsonProcessingException {
    var mapper = NeuralNetConfiguration.mapper();
    return (BaseSpikingLayer) mapper.readValue(mapper.writeValueAsString(layer), Layer.class);
  }
}
