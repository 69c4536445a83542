package org.dl4jsnn.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.SealedBody;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Writes a stream's state; docs/model-file.md has the layout, {@link StreamReader} reads it. */
final class StreamWriter {

  /** The first eight bytes. */
  static final long MAGIC = 0x89534E540D0A1A0AL;

  /** The latest version of the layout: lines of delays may be shorter than their delay. */
  static final int VERSION = 2;

  private final Network network;
  private final SavedStream state;
  private final DataOutputStream out;

  private StreamWriter(Network network, SavedStream state, OutputStream out) {
    this.network = network;
    this.state = state;
    this.out = new DataOutputStream(out);
  }

  /** Written twice, first to count the bytes, so that they are in memory once. */
  static byte[] bytes(Network network, SavedStream state) {
    try {
      StreamWriter counting = new StreamWriter(network, state, OutputStream.nullOutputStream());
      counting.body();
      int length = PassMemory.ofHeap().requireBytes(state, counting.out.size());
      Whole whole = new Whole(SealedBody.HEADER + length);
      whole.write(new byte[SealedBody.HEADER]);
      new StreamWriter(network, state, whole).body();
      return SealedBody.seal(MAGIC, version(state), whole.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen in memory
    }
  }

  /** An array of known length. */
  private static final class Whole extends ByteArrayOutputStream {

    Whole(int length) {
      super(length);
    }

    /** The array itself, not a copy. */
    byte[] array() {
      return buf;
    }
  }

  /** The first version that can hold a state, for older readers. */
  private static int version(SavedStream state) {
    boolean areFull =
        state.steps() == 0
            || state.parts().stream()
                .map(PartState::line)
                .allMatch(line -> line.isEmpty() || line.spikes().steps() == line.steps());
    return areFull ? 1 : VERSION;
  }

  private void body() throws IOException {
    CompactModel model = network.model();
    List<CompactPart> parts = model.parts();
    out.writeInt(parts.size());
    for (CompactPart part : parts) {
      CompactWriter.writeName(part.name(), out);
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
      numbers("readings", Precision.doubles(state.readings()));
    }
  }

  private void part(CompactPart part, FeatureShape input, PartState of) throws IOException {
    if (part instanceof NeuronPart neurons && neurons.fires()) {
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
      delayed(part.name(), of.line().spikes());
    }
  }

  /** Step by step, so that amplitudes of one step are in memory. */
  private void delayed(String name, SpikeTrain spikes) throws IOException {
    FeatureShape shape = spikes.shape();
    long count = (long) spikes.steps() * shape.neurons();
    if (count > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "delayed spikes of '"
              + name
              + "' must be at most "
              + Integer.MAX_VALUE
              + " to be stored, got "
              + count
              + ". Possible cause: a long delay of many neurons");
    }
    StreamNumbers.Sequence numbers =
        new StreamNumbers.Sequence(spikes.unitSpikes(), (int) count, out);
    SpikeEvents events = new SpikeEvents(shape);
    float[] amplitudes = new float[shape.neurons()];
    for (int step = 0; step < spikes.steps(); step++) {
      Arrays.fill(amplitudes, 0);
      spikes.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        amplitudes[shape.arrayIndex(events.neuron(e))] = events.amplitude(e);
      }
      numbers.write(amplitudes);
    }
    numbers.end();
  }

  private void numbers(String name, double[] values) throws IOException {
    StreamNumbers.write(name, values, out);
  }
}
