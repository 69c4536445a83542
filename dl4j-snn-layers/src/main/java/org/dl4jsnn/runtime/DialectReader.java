package org.dl4jsnn.runtime;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.nir.dialect.Charging;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.DialectReset;
import org.dl4jsnn.nir.dialect.Firing;
import org.dl4jsnn.nir.dialect.Integration;
import org.dl4jsnn.nir.dialect.LinearStep;

/** Reads dialect neurons. Invalid numbers throw an IllegalArgumentException. */
final class DialectReader {

  private final ModelBytes bytes;
  private final int channels;

  private DialectReader(ModelBytes bytes, int channels) {
    this.bytes = bytes;
    this.channels = channels;
  }

  static DialectNeuron read(ModelBytes bytes, int channels) throws ModelFormatException {
    return new DialectReader(bytes, channels).neuron();
  }

  private DialectNeuron neuron() throws ModelFormatException {
    LinearStep membrane = step("membrane");
    boolean hasSynapse = bytes.flag("whether there is a synaptic current");
    LinearStep synapse = hasSynapse ? step("synaptic current") : null;
    List<Double> seen = hasSynapse ? reals("shares seen", channels) : null;
    Firing firing = bytes.constant("when a neuron fires", Firing.values());
    List<Double> thresholds = reals("thresholds", channels);
    DialectReset reset = bytes.constant("reset", DialectReset.values());
    return new DialectNeuron(
        new Charging(synapse, seen, membrane),
        firing,
        thresholds,
        reset,
        reals("reset values", channels));
  }

  private LinearStep step(String name) throws ModelFormatException {
    return new LinearStep(
        bytes.constant("integration of the " + name, Integration.values()),
        reals("gains of the " + name, channels),
        reals("shares of the " + name, channels),
        reals("rests of the " + name, channels),
        reals("what the " + name + " begins with", 1));
  }

  private List<Double> reals(String name, int most) throws ModelFormatException {
    double[] values = bytes.reals(name, bytes.oneOrEach("the number of " + name, most));
    return Arrays.stream(values).boxed().toList();
  }
}
