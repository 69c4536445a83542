package org.dl4jsnn.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PartName;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.SealedBody;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.spike.FeatureShape;

/** Writes the state of a stream; docs/deploy.md has the layout, {@link StreamReader} reads it. */
final class StreamWriter {

  /** The first eight bytes. */
  static final long MAGIC = 0x89534E540D0A1A0AL;

  /** The version of the layout. */
  static final int VERSION = 1;

  private final Network network;
  private final StreamState state;
  private final DataOutputStream out;

  private StreamWriter(Network network, StreamState state, DataOutputStream out) {
    this.network = network;
    this.state = state;
    this.out = out;
  }

  static byte[] bytes(Network network, StreamState state) {
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      new StreamWriter(network, state, new DataOutputStream(body)).body();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      SealedBody.write(MAGIC, VERSION, body.toByteArray(), bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen in memory
    }
  }

  private void body() throws IOException {
    CompactModel model = network.model();
    List<CompactPart> parts = model.parts();
    out.writeInt(parts.size());
    for (CompactPart part : parts) {
      PartName.write(part.name(), out);
    }
    out.writeLong(state.steps());
    if (state.steps() == 0) {
      return;
    }
    if (state.signals().hasBegun()) {
      numbers("signals", state.signals().values(1)[0]);
    }
    for (int i = 0; i < parts.size(); i++) {
      FeatureShape input = model.shapes().get(parts.get(i).inputs().get(0));
      part(parts.get(i), input, state.part(i));
    }
    for (int place : network.readOut().sources()) {
      numbers("spikes so far", state.counts().get(place));
    }
    if (state.readings() != null) {
      numbers("readings", doubles(state.readings()));
    }
  }

  private void part(CompactPart part, FeatureShape input, PartState of) throws IOException {
    if (part instanceof NeuronPart neurons) {
      for (int k = 0; k < neurons.neuron().variables().size(); k++) {
        numbers(neurons.neuron().variables().get(k).name(), of.neurons().variable(0, k));
      }
    } else if (part instanceof IntegratorPart) {
      IntegratorState integrators = of.integrators();
      if (integrators.currents() != null) {
        numbers("currents", integrators.currents()[0]);
      }
      numbers("membranes", integrators.membranes()[0]);
      numbers("summaries", integrators.summaries()[0]);
      out.writeLong(integrators.steps()[0]);
    } else if (part instanceof PoolingPart pooling && pooling.kind() == PoolingPart.Kind.GATED) {
      numbers("flow", of.flow().copy(0, input.neurons()));
    } else if (part instanceof DelayPart && !of.line().isEmpty()) {
      delayed(part.name(), of.line());
    }
  }

  /** Ordinary spikes take a bit each in memory too. */
  private void delayed(String name, DelayLine line) throws IOException {
    if (line.size() > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "delayed spikes of '"
              + name
              + "' must be at most "
              + Integer.MAX_VALUE
              + " to be stored, got "
              + line.size()
              + ". Possible cause: a long delay of many neurons");
    }
    if (line.spikes().unitSpikes()) {
      StreamNumbers.write(line.ones(), (int) line.size(), out);
    } else {
      numbers("delayed spikes", line.numbers());
    }
  }

  private void numbers(String name, double[] values) throws IOException {
    StreamNumbers.write(name, values, out);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
