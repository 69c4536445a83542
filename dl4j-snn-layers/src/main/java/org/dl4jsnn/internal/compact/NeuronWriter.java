package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.nir.dialect.Charging;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.LinearStep;

/** Writes the neurons of a part. */
final class NeuronWriter {

  /** Bits of a byte: there is a floor; channels without leak stay exact beside others. */
  private static final int FLOOR = 1;

  private static final int EXACT = 2;

  private final DataOutputStream out;

  private NeuronWriter(DataOutputStream out) {
    this.out = out;
  }

  static void write(NeuronDynamics neuron, int channels, DataOutputStream out) throws IOException {
    NeuronWriter writer = new NeuronWriter(out);
    if (neuron instanceof IntegerNeuron whole) {
      out.writeByte(CompactNeuron.Kind.INTEGER.ordinal());
      writer.whole(whole);
    } else if (neuron instanceof IntegerSynapticNeuron synaptic) {
      out.writeByte(CompactNeuron.Kind.INTEGER_SYNAPTIC.ordinal());
      writer.whole(synaptic.membrane());
      writer.integers(synaptic.synapticDecays());
    } else if (neuron instanceof DialectNeuron dialect) {
      writer.dialect(dialect);
    } else {
      writer.membrane(CompactNeuron.of(neuron, channels));
    }
  }

  private void membrane(CompactNeuron neuron) throws IOException {
    SpikingNeuron membrane = neuron.membrane();
    out.writeByte(neuron.kind().ordinal());
    out.writeDouble(membrane.threshold());
    out.writeDouble(membrane.leak());
    out.writeBoolean(membrane.reset().isSubtractive());
    out.writeDouble(membrane.reset().value());
    out.writeDouble(membrane.initialMembrane());
    out.writeDouble(neuron.first());
    out.writeDouble(neuron.second());
    out.writeByte(neuron.learned().size());
    for (double[] values : neuron.learned()) {
      out.writeInt(values.length);
      for (double value : values) {
        out.writeDouble(value);
      }
    }
  }

  private void whole(IntegerNeuron neuron) throws IOException {
    out.writeBoolean(neuron.isSubtractive());
    out.writeByte((neuron.isFloored() ? FLOOR : 0) + (neuron.isExactWithoutLeak() ? EXACT : 0));
    integers(neuron.thresholds());
    integers(neuron.leaks());
    integers(neuron.resetValues());
    integers(neuron.initialMembranes());
  }

  private void integers(int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private void dialect(DialectNeuron neuron) throws IOException {
    out.writeByte(CompactNeuron.Kind.DIALECT.ordinal());
    Charging charging = neuron.charging();
    step(charging.membrane());
    out.writeBoolean(charging.synapse() != null);
    if (charging.synapse() != null) {
      step(charging.synapse());
      reals(charging.seen());
    }
    out.writeByte(neuron.firing().ordinal());
    reals(neuron.thresholds());
    out.writeByte(neuron.reset().ordinal());
    reals(neuron.resetValue());
  }

  private void step(LinearStep step) throws IOException {
    out.writeByte(step.integration().ordinal());
    reals(step.gain());
    reals(step.decay());
    reals(step.rest());
    reals(step.initial());
  }

  private void reals(List<Double> values) throws IOException {
    out.writeInt(values.size());
    for (double value : values) {
      out.writeDouble(value);
    }
  }
}
