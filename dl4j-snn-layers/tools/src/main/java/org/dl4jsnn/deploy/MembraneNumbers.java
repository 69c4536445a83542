package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.linear.LinearNeuron;
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

  /** The neurons that whole numbers can take the place of. */
  static final List<Form<?>> FORMS =
      List.of(
          new Form<>(
              SpikingNeuron.class,
              (neuron, learned, channels) -> of(neuron, learned, new double[0], channels)),
          new Form<>(
              SynapticNeuron.class,
              (neuron, learned, channels) -> {
                double[] decays = values(learned, NeuronParameter.SYNAPTIC_DECAY, channels);
                return of(neuron.membrane(), learned, decays, channels);
              }),
          new Form<>(
              LinearNeuron.class,
              (neuron, learned, channels) -> LinearMembrane.of(neuron, channels)));

  /** How the neurons of a class are turned into numbers. */
  record Form<N extends NeuronDynamics>(Class<N> type, Maker<N> maker) {

    private MembraneNumbers make(NeuronDynamics neuron, NeuronDynamics learned, int channels) {
      return maker.make(type.cast(neuron), learned, channels);
    }
  }

  /** Takes the neurons of a layer as set, and with what the layer learned. */
  interface Maker<N> {
    MembraneNumbers make(N neuron, NeuronDynamics learned, int channels);
  }

  /**
   * The parameters of a trained layer.
   *
   * @throws IllegalArgumentException if its neurons have other parameters than a membrane's
   */
  static MembraneNumbers of(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, int channels) {
    NeuronDynamics neuron = layer.getNeuron();
    Form<?> known =
        FORMS.stream()
            .filter(form -> form.type == neuron.getClass())
            .findFirst()
            .orElseThrow(() -> refused(layer));
    try {
      return known.make(neuron, layer.learnedNeuron(parameters), channels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(layer.name() + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException refused(BaseSpikingLayer layer) {
    return new IllegalArgumentException(
        layer.name()
            + ": neurons must be one of "
            + FORMS.stream()
                .map(form -> form.type.getSimpleName())
                .collect(Collectors.joining(", "))
            + " to be quantised, got "
            + layer.getNeuron().getClass().getSimpleName()
            + " ("
            + layer.getNeuron()
            + ")");
  }

  private static MembraneNumbers of(
      SpikingNeuron membrane, NeuronDynamics learned, double[] synapticDecays, int channels) {
    return new MembraneNumbers(
        values(learned, NeuronParameter.THRESHOLD, channels),
        values(learned, NeuronParameter.LEAK, channels),
        same(membrane.reset().value(), channels),
        same(membrane.initialMembrane(), channels),
        membrane.reset().isSubtractive(),
        false,
        false,
        synapticDecays);
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
