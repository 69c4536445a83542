package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;

/** Reads the neurons of a part. Invalid numbers throw an IllegalArgumentException. */
final class NeuronReader {

  /** Bits of a byte: there is a floor; channels without leak stay exact beside others. */
  private static final int FLOOR = 1;

  private static final int EXACT = 2;

  private NeuronReader() {}

  static NeuronDynamics read(ModelBytes bytes, int channels) throws ModelFormatException {
    CompactNeuron.Kind kind = bytes.constant("kind of neuron", CompactNeuron.Kind.values());
    return switch (kind) {
      case INTEGER -> whole(bytes, channels);
      case INTEGER_SYNAPTIC ->
          new IntegerSynapticNeuron(
              whole(bytes, channels), integers("synaptic decays", bytes, channels));
      case DIALECT -> DialectReader.read(bytes, channels);
      default -> membrane(kind, bytes, channels);
    };
  }

  private static IntegerNeuron whole(ModelBytes bytes, int channels) throws ModelFormatException {
    boolean subtractive = bytes.flag("whether spikes subtract the threshold");
    int flags = bytes.small("floor and rounding of integer neurons", 0, FLOOR + EXACT);
    int[] thresholds = integers("thresholds", bytes, channels);
    int[] leaks = integers("leaks", bytes, channels);
    int[] resetValues = integers("reset values", bytes, channels);
    int[] initial = integers("initial membranes", bytes, channels);
    IntegerNeuron neuron =
        new IntegerNeuron(
            thresholds, leaks, subtractive, resetValues, initial, (flags & FLOOR) != 0);
    return (flags & EXACT) != 0 ? neuron : neuron.roundedWithoutLeak();
  }

  private static int[] integers(String name, ModelBytes bytes, int channels)
      throws ModelFormatException {
    int count = bytes.oneOrEach("the number of " + name, channels);
    bytes.require(name, (long) count * Integer.BYTES);
    int[] values = new int[count];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.number(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return values;
  }

  private static NeuronDynamics membrane(CompactNeuron.Kind kind, ModelBytes bytes, int channels)
      throws ModelFormatException {
    double threshold = bytes.real("threshold");
    double leak = bytes.real("leak");
    boolean subtractive = bytes.flag("whether spikes subtract the threshold");
    double resetValue = bytes.real("reset value");
    double initialMembrane = bytes.real("initial membrane");
    Reset reset = subtractive ? Reset.bySubtraction() : Reset.to(resetValue);
    if (subtractive && resetValue != 0) {
      throw new IllegalArgumentException(
          "reset value must be 0 with reset by subtraction, got " + resetValue);
    }
    SpikingNeuron membrane = new SpikingNeuron(threshold, leak, reset, initialMembrane);
    double first = bytes.real("first number of the kind");
    double second = bytes.real("second number of the kind");
    CompactNeuron initial = new CompactNeuron(kind, membrane, first, second, List.of());
    List<double[]> learned = learned(bytes, initial.initial().parameters().size(), channels);
    return new CompactNeuron(kind, membrane, first, second, learned).dynamics();
  }

  /** One value, or one per channel, for every parameter; empty if nothing was learned. */
  private static List<double[]> learned(ModelBytes bytes, int parameters, int channels)
      throws ModelFormatException {
    long at = bytes.offset();
    int learned = bytes.small("learned parameters", 0, parameters);
    if (learned != 0 && learned != parameters) {
      throw ModelBytes.failure(
          at, "learned parameters must be none or " + parameters + ", got " + learned);
    }
    List<double[]> values = new ArrayList<>();
    for (int p = 0; p < learned; p++) {
      values.add(
          bytes.reals("a learned parameter", bytes.oneOrEach("values of a parameter", channels)));
    }
    return List.copyOf(values);
  }
}
