package org.dl4jsnn.internal.device;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;

/** The neurons of a layer as a structure of snn.h. */
final class DeviceNeurons {

  /** Bits behind the point of adLIF neurons themselves. */
  private static final int MOST_OF_AD_LIF = 8;

  private final String name;
  private final NeuronDynamics neuron;

  /** Bits behind the point of membranes. */
  private final int fraction;

  /** Null for adLIF neurons. */
  private final IntegerNeuron membrane;

  DeviceNeurons(String name, NeuronDynamics neuron, int fraction) {
    this.name = name;
    this.neuron = neuron;
    this.fraction = fraction;
    if (neuron instanceof IntegerNeuron whole) {
      membrane = whole;
    } else if (neuron instanceof IntegerSynapticNeuron synaptic) {
      membrane = synaptic.membrane();
    } else if (neuron instanceof IntegerAdaptiveNeuron adaptive) {
      membrane = adaptive.membrane();
    } else if (neuron instanceof IntegerRefractoryNeuron refractory) {
      membrane = refractory.membrane();
    } else if (neuron instanceof IntegerAdLifNeuron) {
      membrane = null;
      Require.not(
          fraction > MOST_OF_AD_LIF,
          "layer '%s': feature bits must be at most %s before adLIF neurons, got %s",
          name,
          MOST_OF_AD_LIF,
          fraction);
    } else {
      throw DeviceLayers.refused(name, neuron);
    }
  }

  boolean hasMore() {
    return !(neuron instanceof IntegerNeuron);
  }

  boolean isAdLif() {
    return neuron instanceof IntegerAdLifNeuron;
  }

  String memory() {
    return neuron instanceof IntegerRefractoryNeuron ? "refractory steps left" : "adaptation";
  }

  /** Bytes of a membrane. */
  int bytes(SumRange[] charges, long steps) {
    SumRange all = SumRange.NOTHING;
    for (int c = 0; c < charges.length; c++) {
      all = all.or(SumRange.of(neuron, c, charges[c], steps));
    }
    int bytes = all.times(1 << fraction).bytes();
    Require.not(
        bytes > Integer.BYTES,
        "layer '%s': membranes must fit into 32 bits, got values up to %.3g in %s steps. Possible"
            + " cause: a window without leak that is too long; --steps shortens it",
        name,
        Math.max(-all.least(), all.most()),
        steps);
    return hasMore() ? Integer.BYTES : bytes;
  }

  /** The membranes before the first step, one per channel; null if all are 0. */
  int[] initial(int channels) {
    if (membrane == null || Arrays.stream(membrane.initialMembranes()).allMatch(u -> u == 0)) {
      return null;
    }
    int[] values = membrane.initialMembranes();
    int[] each = new int[channels];
    Arrays.setAll(each, c -> scaled(values[values.length == 1 ? 0 : c]));
    return each;
  }

  private int scaled(int value) {
    return Math.multiplyExact(value, 1 << fraction);
  }

  private int[] scaled(int[] values) {
    return Arrays.stream(values).map(this::scaled).toArray();
  }

  /** Writes arrays and structure. */
  void write(Source source, String suffix) {
    Source.Fields fields = new Source.Fields().with("fraction", fraction);
    if (membrane == null) {
      adLif((IntegerAdLifNeuron) neuron, source, suffix, fields);
    } else {
      boolean leaks = Arrays.stream(membrane.leaks()).anyMatch(k -> k != IntegerNeuron.NO_LEAK);
      fields
          .with("subtracts", membrane.isSubtractive() ? 1 : 0)
          .with("floored", membrane.isFloored() ? 1 : 0)
          .with("rounds", leaks && !membrane.isExactWithoutLeak() ? 1 : 0)
          .with("threshold", source.numbers("threshold" + suffix, scaled(membrane.thresholds())))
          .with("leak", source.numbers("leak" + suffix, membrane.leaks()))
          .with("reset", source.numbers("reset" + suffix, scaled(membrane.resetValues())));
      more(source, suffix, fields);
    }
    source.add("static const snn_neurons neurons%s =\n%s;\n", suffix, fields.lines("  "));
  }

  private void more(Source source, String suffix, Source.Fields fields) {
    if (neuron instanceof IntegerSynapticNeuron synaptic) {
      fields
          .with("kind", "SNN_SYNAPTIC")
          .with("second", source.numbers("decay" + suffix, synaptic.synapticDecays()));
    } else if (neuron instanceof IntegerAdaptiveNeuron adaptive) {
      fields
          .with("kind", "SNN_ADAPTIVE")
          .with("second", source.numbers("decay" + suffix, adaptive.decays()))
          .with("third", source.numbers("strength" + suffix, scaled(adaptive.strengths())));
    } else if (neuron instanceof IntegerRefractoryNeuron refractory) {
      fields
          .with("kind", "SNN_REFRACTORY")
          .with(
              "second",
              source.numbers("refractory" + suffix, new int[] {refractory.refractorySteps()}));
    }
  }

  private static void adLif(
      IntegerAdLifNeuron neuron, Source source, String suffix, Source.Fields fields) {
    List<int[]> numbers = neuron.numbers();
    fields
        .with("kind", "SNN_ADLIF")
        .with("early", neuron.form() == AdLifNeuron.Form.SYMPLECTIC ? 1 : 0)
        .with("threshold", source.numbers("threshold" + suffix, numbers.get(0)))
        .with("leak", source.numbers("leak" + suffix, numbers.get(1)))
        .with("second", source.numbers("decay" + suffix, numbers.get(2)))
        .with("fourth", source.numbers("feedback" + suffix, numbers.get(3)))
        .with("third", source.numbers("strength" + suffix, numbers.get(4)));
  }
}
