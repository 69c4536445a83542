package org.dl4jsnn.monitor.health.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dl4jsnn.monitor.live.LiveSpikes;

/** {@link LiveSpikes} as bytes: its parts in order, lists preceded by their length. */
final class LiveBytes {

  private static final int UNKNOWN = -1;

  private LiveBytes() {}

  private interface Write<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private interface Read<T> {
    T read(DataInputStream in) throws IOException;
  }

  static byte[] of(LiveSpikes seen) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(seen.iteration());
      out.writeInt(seen.label().orElse(UNKNOWN));
      write(out, seen.layers(), LiveBytes::write);
      write(out, seen.decision().stream().toList(), LiveBytes::write);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static LiveSpikes read(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      int iteration = in.readInt();
      int label = in.readInt();
      return new LiveSpikes(
          iteration,
          label == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(label),
          readList(in, LiveBytes::readLayer),
          readOptional(in, LiveBytes::readDecision));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> void write(DataOutputStream out, List<T> values, Write<T> write)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      write.write(out, value);
    }
  }

  private static <T> List<T> readList(DataInputStream in, Read<T> read) throws IOException {
    List<T> values = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      values.add(read.read(in));
    }
    return values;
  }

  private static <T> Optional<T> readOptional(DataInputStream in, Read<T> read) throws IOException {
    return readList(in, read).stream().findFirst();
  }

  private static void write(DataOutputStream out, LiveSpikes.Layer layer) throws IOException {
    out.writeUTF(layer.name());
    out.writeUTF(layer.shape());
    out.writeInt(layer.steps());
    out.writeInt(layer.neurons());
    out.writeInt(layer.firing());
    out.writeLong(layer.spikes());
    write(
        out,
        layer.rows(),
        (to, row) -> {
          to.writeInt(row.neuron());
          byte[] spikes = row.spikes().toByteArray();
          to.writeInt(spikes.length);
          to.write(spikes);
        });
    write(out, layer.maps().stream().toList(), LiveBytes::write);
  }

  private static LiveSpikes.Layer readLayer(DataInputStream in) throws IOException {
    return new LiveSpikes.Layer(
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        readList(
            in,
            from ->
                new LiveSpikes.Layer.Row(
                    from.readInt(), BitSet.valueOf(from.readNBytes(from.readInt())))),
        readOptional(in, LiveBytes::readMaps));
  }

  private static void write(DataOutputStream out, LiveSpikes.Layer.Maps maps) throws IOException {
    out.writeInt(maps.height());
    out.writeInt(maps.width());
    out.writeInt(maps.channels());
    write(out, maps.rates(), (to, map) -> write(to, map, DataOutputStream::writeFloat));
  }

  private static LiveSpikes.Layer.Maps readMaps(DataInputStream in) throws IOException {
    return new LiveSpikes.Layer.Maps(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        readList(in, from -> readList(from, DataInputStream::readFloat)));
  }

  private static void write(DataOutputStream out, LiveSpikes.Decision decision) throws IOException {
    out.writeInt(decision.answer());
    out.writeInt(decision.settled());
    write(
        out,
        decision.classes(),
        (to, each) -> {
          to.writeInt(each.label());
          write(to, each.outputs(), DataOutputStream::writeDouble);
        });
  }

  private static LiveSpikes.Decision readDecision(DataInputStream in) throws IOException {
    return new LiveSpikes.Decision(
        in.readInt(),
        in.readInt(),
        readList(
            in,
            from ->
                new LiveSpikes.Decision.OfClass(
                    from.readInt(), readList(from, DataInputStream::readDouble))));
  }
}
