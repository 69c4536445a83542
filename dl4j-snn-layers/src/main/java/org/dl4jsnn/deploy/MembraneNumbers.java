package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The membrane parameters of every channel, to be turned into integers (equations 76 and 83 of
 * docs/mathematics.md).
 *
 * @param thresholds θ
 * @param leaks λ
 * @param resetValues u_r; 0 with reset by subtraction
 * @param initial u₀
 * @param subtractive whether a spike subtracts the threshold
 * @param firesAtThreshold whether reaching the threshold is a spike
 * @param floored whether membranes stay at −θ or above
 * @param synapticDecays β; empty without a synaptic current
 */
record MembraneNumbers(
    double[] thresholds,
    double[] leaks,
    double[] resetValues,
    double[] initial,
    boolean subtractive,
    boolean firesAtThreshold,
    boolean floored,
    double[] synapticDecays) {

  /**
   * The parameters of a trained layer.
   *
   * @throws IllegalArgumentException if its neurons have other parameters than a membrane's
   */
  static MembraneNumbers of(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, int channels) {
    NeuronDynamics neuron = layer.getNeuron();
    if (neuron instanceof DialectNeuron dialect) {
      try {
        return DialectMembrane.of(dialect, channels);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(layer.name() + ": " + e.getMessage(), e);
      }
    }
    boolean isSynaptic = neuron instanceof SynapticNeuron;
    if (!isSynaptic && !(neuron instanceof SpikingNeuron)) {
      throw new IllegalArgumentException(
          layer.name()
              + " must have (leaky) integrate-and-fire or synaptic neurons to be quantised, got "
              + neuron);
    }
    NeuronDynamics learned = layer.learnedNeuron(parameters);
    SpikingNeuron settings =
        isSynaptic ? ((SynapticNeuron) neuron).membrane() : (SpikingNeuron) neuron;
    return new MembraneNumbers(
        values(learned, NeuronParameter.THRESHOLD, channels),
        values(learned, NeuronParameter.LEAK, channels),
        same(settings.reset().value(), channels),
        same(settings.initialMembrane(), channels),
        settings.reset().isSubtractive(),
        false,
        false,
        isSynaptic ? values(learned, NeuronParameter.SYNAPTIC_DECAY, channels) : new double[0]);
  }

  private static double[] values(NeuronDynamics neuron, String name, int channels) {
    List<NeuronParameter> parameters = neuron.parameters();
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .ofChannels(channels);
  }

  private static double[] same(double value, int channels) {
    double[] values = new double[channels];
    Arrays.fill(values, value);
    return values;
  }
}
