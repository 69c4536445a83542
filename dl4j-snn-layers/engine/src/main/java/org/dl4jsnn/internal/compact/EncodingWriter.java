package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import org.dl4jsnn.internal.encode.LatencyCode;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.spike.FeatureShape;

/** Writes how features become spikes. */
public final class EncodingWriter {

  /** Added to the kind of an encoding after neurons with tuning curves. */
  public static final int POPULATION = 16;

  private EncodingWriter() {}

  /** Whether the first version of the layout had no such encoding. */
  static boolean isNew(CompactEncoding encoding) {
    return encoding.kind().ordinal() > CompactEncoding.Kind.FRAMES.ordinal()
        || encoding.population() != null;
  }

  static void write(CompactEncoding encoding, DataOutputStream out) throws IOException {
    FeatureShape shape = encoding.features();
    TunedResponses population = encoding.population();
    out.writeByte(encoding.kind().ordinal() + (population == null ? 0 : POPULATION));
    out.writeBoolean(shape.spatial());
    out.writeInt(shape.channels());
    out.writeInt(shape.height());
    out.writeInt(shape.width());
    out.writeInt(encoding.steps());
    out.writeDouble(encoding.gain());
    out.writeLong(encoding.seed());
    LatencyCode latency = encoding.latency();
    if (latency != null) {
      out.writeInt(latency.span());
      out.writeByte(latency.timing().ordinal());
      out.writeDouble(latency.threshold());
      out.writeDouble(latency.timeConstants());
    }
    if (encoding.kind() == CompactEncoding.Kind.DELTA) {
      out.writeDouble(encoding.deltaThreshold());
    }
    if (population != null) {
      out.writeInt(population.neurons());
      out.writeDouble(population.min());
      out.writeDouble(population.max());
      out.writeDouble(population.overlap());
    }
  }
}
