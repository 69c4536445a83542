package org.dl4jsnn.internal.compact;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;

/** Writes compact model files; docs/model-file.md has the layout. */
public final class CompactWriter {

  /** The first eight bytes: they reveal programs that convert line ends. */
  public static final long MAGIC = 0x89534E4E0D0A1A0AL;

  /** The latest version of the layout; a model has the first version that can hold it. */
  public static final int VERSION = Math.max(8, NeuronKind.latestVersion());

  private static final int FIRST_VERSION = 1;
  private static final int SECOND_VERSION = 2;
  private static final int THIRD_VERSION = 3;
  private static final int SEVENTH_VERSION = 7;
  private static final int EIGHTH_VERSION = 8;

  /** The most bytes of the name of a part: its length comes first, then UTF-8. */
  public static final int MOST_BYTES_OF_NAME = 1000;

  /** The most inputs of a part. */
  public static final int MOST_INPUTS = 1000;

  /** Bytes before the body. */
  public static final int HEADER = SealedBody.HEADER;

  private final DataOutputStream out;

  private CompactWriter(DataOutputStream out) {
    this.out = out;
  }

  /**
   * Writes a model.
   *
   * @param target the stream; flushed, not closed
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if a part has too long a name or too many inputs
   */
  public static void write(CompactModel model, OutputStream target) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new CompactWriter(new DataOutputStream(body)).body(model);
    SealedBody.write(MAGIC, version(model), body.toByteArray(), target);
  }

  private static int version(CompactModel model) {
    int version = EncodingWriter.isNew(model.encoding()) ? SECOND_VERSION : FIRST_VERSION;
    for (CompactPart part : model.parts()) {
      version = Math.max(version, version(part));
    }
    return version;
  }

  private static int version(CompactPart part) {
    if (part instanceof NeuronPart neurons) {
      int ofWeights = neurons.recurrentWeights().bits() > 0 ? THIRD_VERSION : FIRST_VERSION;
      return Math.max(ofWeights, NeuronKind.version(neurons.neuron()));
    }
    if (part instanceof MergePart merge && !merge.kind().isLinear()) {
      return SEVENTH_VERSION;
    }
    if (part instanceof AccumulationPart) {
      return EIGHTH_VERSION;
    }
    boolean isOfSecond =
        part instanceof DelayPart
            || part instanceof IntegratorPart integrators && !integrators.isPlain();
    return isOfSecond ? SECOND_VERSION : FIRST_VERSION;
  }

  private void body(CompactModel model) throws IOException {
    EncodingWriter.write(model.encoding(), out);
    out.writeInt(model.parts().size());
    for (CompactPart part : model.parts()) {
      part(part);
    }
  }

  private void part(CompactPart part) throws IOException {
    if (part instanceof NeuronPart neurons) {
      begin(PartKind.NEURONS, part);
      neurons(neurons);
    } else if (part instanceof PoolingPart pooling) {
      begin(PartKind.POOLING, part);
      out.writeByte(pooling.kind().ordinal());
      window(pooling.window());
    } else if (part instanceof DelayPart delays) {
      begin(PartKind.DELAYS, part);
      out.writeInt(delays.steps().size());
      for (int steps : delays.steps()) {
        out.writeInt(steps);
      }
    } else if (part instanceof AccumulationPart) {
      begin(PartKind.ACCUMULATION, part);
    } else if (part instanceof MergePart merge) {
      begin(PartKind.MERGE, part);
      out.writeByte(merge.kind().ordinal());
    } else if (part instanceof IntegratorPart integrator) {
      begin(integrator.isPlain() ? PartKind.INTEGRATORS : PartKind.VARIED_INTEGRATORS, part);
      out.writeInt(integrator.outputs());
      decays(integrator);
      out.writeByte(integrator.reads().ordinal());
      floats(integrator.weights());
      floats(integrator.bias());
    } else if (part instanceof ReadOutPart readOut) {
      begin(PartKind.READ_OUT, part);
      out.writeInt(readOut.outputs());
      out.writeByte(readOut.activation().ordinal());
      out.writeDouble(readOut.divisor());
      floats(readOut.weights());
      floats(readOut.bias());
    }
  }

  private void decays(IntegratorPart part) throws IOException {
    if (part.isPlain()) {
      out.writeDouble(part.decays().leaks()[0]);
      return;
    }
    doubles(part.decays().leaks());
    double[] synaptic = part.decays().synaptic();
    doubles(synaptic == null ? new double[0] : synaptic);
  }

  private void doubles(double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  /**
   * Writes a name.
   *
   * @throws IllegalArgumentException if it is too long
   * @throws IOException if it cannot be written
   */
  public static void writeName(String name, DataOutputStream out) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    Require.not(
        bytes.length > MOST_BYTES_OF_NAME,
        "name of a layer must have at most %s bytes in UTF-8, got %s: %s",
        MOST_BYTES_OF_NAME,
        bytes.length,
        name);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private void begin(PartKind kind, CompactPart part) throws IOException {
    out.writeByte(kind.ordinal());
    writeName(part.name(), out);
    Require.not(
        part.inputs().size() > MOST_INPUTS,
        "inputs of '%s' must be at most %s, got %s",
        part.name(),
        MOST_INPUTS,
        part.inputs().size());
    out.writeShort(part.inputs().size());
    for (int place : part.inputs()) {
      out.writeInt(place);
    }
  }

  private void neurons(NeuronPart part) throws IOException {
    out.writeByte(part.kind().ordinal());
    window(part.window());
    out.writeInt(part.outputs());
    weights(part.weights());
    floats(part.bias());
    CompactWeights recurrent = part.recurrentWeights();
    boolean isOfFewBits = recurrent.bits() > 0;
    Require.not(
        isOfFewBits && part.recurrence() == RecurrenceKind.NONE,
        "weights without connections must have 0 bits, got %s",
        recurrent.bits());
    out.writeByte(part.recurrence().ordinal() + (isOfFewBits ? RecurrenceKind.OF_FEW_BITS : 0));
    if (isOfFewBits) {
      weights(recurrent);
    } else {
      floats(recurrent.values());
    }
    NeuronKind.write(part.neuron(), part.outputs(), out);
  }

  private void window(Window2D window) throws IOException {
    out.writeBoolean(window != null);
    if (window != null) {
      axis(window.rows());
      axis(window.columns());
      out.writeBoolean(window.isSame());
    }
  }

  private void axis(Window2D.Axis axis) throws IOException {
    out.writeInt(axis.kernel());
    out.writeInt(axis.stride());
    out.writeInt(axis.padding());
    out.writeInt(axis.dilation());
  }

  private void floats(float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private void weights(CompactWeights weights) throws IOException {
    out.writeByte(weights.bits());
    if (weights.bits() == 0) {
      floats(weights.values());
      return;
    }
    out.writeInt(weights.perChannel());
    out.writeInt(weights.exponents().length);
    for (int exponent : weights.exponents()) {
      out.writeByte(exponent);
    }
    out.writeInt(weights.values().length);
    for (int i = 0; i < weights.values().length; i++) {
      if (weights.bits() <= Byte.SIZE) {
        out.writeByte(weights.integer(i));
      } else {
        out.writeShort(weights.integer(i));
      }
    }
  }
}
