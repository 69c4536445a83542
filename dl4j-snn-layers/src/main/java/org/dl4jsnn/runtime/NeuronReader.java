package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * Reads what the neurons of a part do. Numbers that break a rule end in an
 * IllegalArgumentException.
 */
final class NeuronReader {

  private NeuronReader() {}

  static CompactNeuron read(ModelBytes bytes, int channels) throws ModelFormatException {
    CompactNeuron.Kind kind = bytes.constant("kind of neuron", CompactNeuron.Kind.values());
    double threshold = bytes.real("threshold");
    double leak = bytes.real("leak");
    boolean subtractive = bytes.flag("whether spikes subtract the threshold");
    double resetValue = bytes.real("reset value");
    double initialMembrane = bytes.real("initial membrane");
    Reset reset = subtractive ? Reset.bySubtraction() : Reset.to(resetValue);
    if (subtractive && resetValue != 0) {
      throw new IllegalArgumentException(
          "reset value must be 0 where the threshold is subtracted, got " + resetValue);
    }
    SpikingNeuron membrane = new SpikingNeuron(threshold, leak, reset, initialMembrane);
    double first = bytes.real("first number of the kind");
    double second = bytes.real("second number of the kind");
    CompactNeuron initial = new CompactNeuron(kind, membrane, first, second, List.of());
    List<double[]> learned = learned(bytes, initial.initial().parameters().size(), channels);
    CompactNeuron neuron = new CompactNeuron(kind, membrane, first, second, learned);
    neuron.dynamics(); // refuses numbers that break a rule
    return neuron;
  }

  /** For every parameter one value, or one a channel; empty where nothing was learned. */
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
      long where = bytes.offset();
      int count = bytes.number("values of a parameter", 1, channels);
      if (count != 1 && count != channels) {
        throw ModelBytes.failure(
            where, "values of a parameter must be 1 or " + channels + ", got " + count);
      }
      values.add(bytes.reals("a learned parameter", count));
    }
    return List.copyOf(values);
  }
}
