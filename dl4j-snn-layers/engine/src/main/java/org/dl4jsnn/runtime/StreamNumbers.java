package org.dl4jsnn.runtime;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** Numbers in the state of a stream, each list in the smallest form that holds it exactly. */
final class StreamNumbers {

  /** Zeros and ones, eight in a byte. */
  private static final int BITS = 0;

  /** Single precision. */
  private static final int SINGLES = 1;

  /** Double precision. */
  private static final int DOUBLES = 2;

  /** The likely cause of layers or sizes that differ. */
  static final String OTHER_MODEL = "the state of another model";

  private StreamNumbers() {}

  /**
   * Writes numbers.
   *
   * @throws IllegalStateException if one is not finite: the reader would refuse it
   */
  static void write(String name, double[] values, DataOutputStream out) throws IOException {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalStateException(
            name
                + " must be finite to be stored, got "
                + value
                + ". Possible cause: features or weights so large that sums overflow");
      }
    }
    int form = Arrays.stream(values).mapToInt(StreamNumbers::form).max().orElse(BITS);
    out.writeByte(form);
    out.writeInt(values.length);
    for (int i = 0; i < values.length; i++) {
      if (form == DOUBLES) {
        out.writeDouble(values[i]);
      } else if (form == SINGLES) {
        out.writeFloat((float) values[i]);
      } else if (i % Byte.SIZE == 0) {
        out.writeByte(eight(values, i));
      }
    }
  }

  /** Writes numbers of single precision, or zeros and ones, as they come. */
  static final class Sequence {

    private final boolean areBits;
    private final DataOutputStream out;

    /** Up to seven bits, the lowest first. */
    private int bits;

    private int size;

    Sequence(boolean areBits, int count, DataOutputStream out) throws IOException {
      this.areBits = areBits;
      this.out = out;
      out.writeByte(areBits ? BITS : SINGLES);
      out.writeInt(count);
    }

    void write(float[] values) throws IOException {
      for (float value : values) {
        if (!areBits) {
          out.writeFloat(value);
          continue;
        }
        bits |= (value == 1 ? 1 : 0) << size++;
        if (size == Byte.SIZE) {
          end();
        }
      }
    }

    /** Writes the last bits. */
    void end() throws IOException {
      if (size > 0) {
        out.writeByte(bits);
      }
      bits = 0;
      size = 0;
    }
  }

  private static int packed(int count) {
    return (int) ((count + Byte.SIZE - 1L) / Byte.SIZE);
  }

  /** The sign of a zero counts. */
  private static int form(double value) {
    if (value == 1 || Double.doubleToRawLongBits(value) == 0) {
      return BITS;
    }
    return (float) value == value ? SINGLES : DOUBLES;
  }

  private static int eight(double[] values, int first) {
    int bits = 0;
    for (int i = first; i < Math.min(values.length, first + Byte.SIZE); i++) {
      bits |= (int) values[i] << i - first;
    }
    return bits;
  }

  /** As many numbers as the model expects. */
  static double[] read(ModelBytes bytes, String name, long expected) throws ModelFormatException {
    return read(bytes, name, count -> count == expected, expected + " by the model's layers");
  }

  /** Numbers, for which memory is allocated after their count is found to fit the model. */
  static double[] read(ModelBytes bytes, String name, IntPredicate counts, String rule)
      throws ModelFormatException {
    int form = form(bytes);
    return values(bytes, name, form, count(bytes, name, counts, rule));
  }

  /** Reads zeros and ones as bits, other numbers as they are. */
  static Spikes readSpikes(ModelBytes bytes, String name, IntPredicate counts, String rule)
      throws ModelFormatException {
    int form = form(bytes);
    int count = count(bytes, name, counts, rule);
    return form == BITS
        ? new Spikes(count, BitSet.valueOf(bytes.bytes(name, packed(count))), null)
        : new Spikes(count, null, values(bytes, name, form, count));
  }

  /**
   * Spikes in one of two forms; the other is null.
   *
   * @param count the number of amplitudes, zeros included
   * @param ones where spikes of amplitude 1 are
   * @param amplitudes the amplitudes
   */
  record Spikes(int count, BitSet ones, double[] amplitudes) {}

  private static int form(ModelBytes bytes) throws ModelFormatException {
    return bytes.small("form of numbers", BITS, DOUBLES);
  }

  private static int count(ModelBytes bytes, String name, IntPredicate counts, String rule)
      throws ModelFormatException {
    long at = bytes.offset();
    int count = bytes.number("the number of " + name, 0, Integer.MAX_VALUE);
    if (!counts.test(count)) {
      throw new ModelFormatException(at, name + " must be " + rule + ", got " + count, OTHER_MODEL);
    }
    return count;
  }

  private static double[] values(ModelBytes bytes, String name, int form, int count)
      throws ModelFormatException {
    if (form == DOUBLES) {
      return bytes.reals(name, count);
    }
    bytes.require(name, form == SINGLES ? (long) count * Float.BYTES : packed(count));
    double[] values = new double[count];
    int bits = 0;
    for (int i = 0; i < count; i++) {
      if (form == SINGLES) {
        values[i] = bytes.single(name);
      } else {
        bits = i % Byte.SIZE == 0 ? bytes.small(name, Byte.MIN_VALUE, Byte.MAX_VALUE) : bits >> 1;
        values[i] = bits & 1;
      }
    }
    return values;
  }
}
