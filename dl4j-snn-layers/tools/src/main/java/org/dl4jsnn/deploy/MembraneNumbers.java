package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
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
 * @param mostUnits the most units that a threshold may have
 * @param completion what makes neurons of whole membranes
 */
record MembraneNumbers(
    double[] thresholds,
    double[] leaks,
    double[] resetValues,
    double[] initial,
    boolean subtractive,
    boolean firesAtThreshold,
    boolean floored,
    double[] mostUnits,
    Completion completion) {

  /** Adds to membranes of whole numbers what else a neuron has. */
  interface Completion {

    /** Neurons that are nothing but their membranes. */
    Completion NONE = (membrane, units) -> membrane;

    /**
     * The neurons.
     *
     * @param units the value of an integer of 1, one per channel
     */
    NeuronDynamics of(IntegerNeuron membrane, double[] units);
  }

  /** The neurons that whole numbers can take the place of. */
  static final List<Form<?>> FORMS =
      List.of(
          new Form<>(
              SpikingNeuron.class,
              (neuron, learned, channels) -> of(neuron, learned, Completion.NONE, channels)),
          new Form<>(
              SynapticNeuron.class,
              (neuron, learned, channels) -> {
                double[] decays = values(learned, NeuronParameter.SYNAPTIC_DECAY, channels);
                return of(
                    neuron.membrane(),
                    learned,
                    (m, units) -> new IntegerSynapticNeuron(m, same(parts(decays))),
                    channels);
              }),
          new Form<>(
              AdaptiveNeuron.class,
              (neuron, learned, channels) -> {
                double[] gamma = values(learned, NeuronParameter.ADAPTATION_STRENGTH, channels);
                double[] decays = values(learned, NeuronParameter.ADAPTATION_DECAY, channels);
                return of(
                    neuron.membrane(),
                    learned,
                    (m, units) ->
                        new IntegerAdaptiveNeuron(
                            m, same(inUnits(gamma, units)), same(parts(decays))),
                    channels);
              }),
          new Form<>(
              RefractoryNeuron.class,
              (neuron, learned, channels) ->
                  of(
                      neuron.membrane(),
                      learned,
                      (m, units) -> new IntegerRefractoryNeuron(m, neuron.refractorySteps()),
                      channels)),
          new Form<>(AdLifNeuron.class, MembraneNumbers::ofAdLif),
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
      SpikingNeuron membrane, NeuronDynamics learned, Completion completion, int channels) {
    return new MembraneNumbers(
        values(learned, NeuronParameter.THRESHOLD, channels),
        values(learned, NeuronParameter.LEAK, channels),
        same(membrane.reset().value(), channels),
        same(membrane.initialMembrane(), channels),
        membrane.reset().isSubtractive(),
        false,
        false,
        unlimited(channels),
        completion);
  }

  private static MembraneNumbers ofAdLif(AdLifNeuron neuron, NeuronDynamics learned, int channels) {
    double[] alpha = values(learned, NeuronParameter.MEMBRANE_DECAY, channels);
    double[] beta = values(learned, NeuronParameter.ADAPTATION_DECAY, channels);
    double[] a = values(learned, NeuronParameter.FEEDBACK, channels);
    double[] b = values(learned, NeuronParameter.SPIKE_ADAPTATION, channels);
    Completion completion =
        (membrane, units) ->
            new IntegerAdLifNeuron(
                neuron.form(),
                membrane.thresholds(),
                same(each(channels, c -> Math.min(alpha[c] * IntegerAdLifNeuron.WHOLE, LARGEST))),
                same(each(channels, c -> Math.min(beta[c] * IntegerAdLifNeuron.WHOLE, LARGEST))),
                same(
                    each(
                        channels,
                        c -> (1 - beta[c]) * neuron.scale() * a[c] * IntegerAdLifNeuron.WHOLE)),
                same(
                    each(
                        channels,
                        c ->
                            (1 - beta[c])
                                * neuron.scale()
                                * b[c]
                                / units[c]
                                * IntegerAdLifNeuron.UNIT)));
    double[] thresholds = values(learned, NeuronParameter.THRESHOLD, channels);
    double[] mostUnits =
        IntStream.range(0, channels)
            .mapToDouble(
                c -> {
                  double added = Math.abs((1 - beta[c]) * neuron.scale() * b[c]) / thresholds[c];
                  return Math.floor(IntegerAdLifNeuron.MOST_THRESHOLD / Math.max(1, added));
                })
            .toArray();
    return new MembraneNumbers(
        thresholds,
        same(1, channels),
        new double[channels],
        new double[channels],
        false,
        false,
        false,
        mostUnits,
        completion);
  }

  /** The largest share below one. */
  private static final int LARGEST = IntegerAdLifNeuron.WHOLE - 1;

  private static int[] each(int channels, IntToDoubleFunction value) {
    return IntStream.range(0, channels)
        .map(c -> Math.toIntExact(Math.round(value.applyAsDouble(c))))
        .toArray();
  }

  private static int[] inUnits(double[] values, double[] units) {
    return each(values.length, c -> values[c] / units[c]);
  }

  /** Shares kept, in 4096ths. */
  static int[] parts(double[] shares) {
    return each(shares.length, c -> Math.max(1, Math.rint(shares[c] * IntegerNeuron.NO_LEAK)));
  }

  /** One number for all channels if they are the same. */
  static int[] same(int[] values) {
    return Arrays.stream(values).distinct().count() == 1 ? new int[] {values[0]} : values;
  }

  private static double[] values(NeuronDynamics neuron, String name, int channels) {
    List<NeuronParameter> parameters = neuron.parameters();
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .ofChannels(channels);
  }

  static double[] unlimited(int channels) {
    return same(Double.MAX_VALUE, channels);
  }

  private static double[] same(double value, int channels) {
    double[] values = new double[channels];
    Arrays.fill(values, value);
    return values;
  }
}
