package org.dl4jsnn.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.SealedBody;
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
      byte[] name = part.name().getBytes(StandardCharsets.UTF_8);
      out.writeShort(name.length);
      out.write(name);
    }
    out.writeLong(state.steps());
    if (state.steps() == 0) {
      return;
    }
    if (state.signals().hasBegun()) {
      numbers(state.signals().values(1)[0]);
    }
    for (int i = 0; i < parts.size(); i++) {
      FeatureShape input = model.shapes().get(parts.get(i).inputs().get(0));
      part(parts.get(i), input, state.part(i));
    }
    for (int place : network.readOut().sources()) {
      numbers(state.counts().get(place));
    }
    if (state.readings() != null) {
      numbers(doubles(state.readings()));
    }
  }

  private void part(CompactPart part, FeatureShape input, PartState of) throws IOException {
    if (part instanceof NeuronPart neurons) {
      for (int k = 0; k < neurons.neuron().variables().size(); k++) {
        numbers(of.neurons().variable(0, k));
      }
    } else if (part instanceof IntegratorPart) {
      IntegratorState integrators = of.integrators();
      if (integrators.currents() != null) {
        numbers(integrators.currents()[0]);
      }
      numbers(integrators.membranes()[0]);
      numbers(integrators.summaries()[0]);
      out.writeInt(integrators.steps()[0]);
    } else if (part instanceof PoolingPart pooling && pooling.kind() == PoolingPart.Kind.GATED) {
      numbers(of.flow().copy(0, input.neurons()));
    } else if (part instanceof DelayPart && !of.line().isEmpty()) {
      numbers(of.line().numbers());
    }
  }

  private void numbers(double[] values) throws IOException {
    StreamNumbers.write(values, out);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
