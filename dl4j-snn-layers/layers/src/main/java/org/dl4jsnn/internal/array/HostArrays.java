package org.dl4jsnn.internal.array;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Bulk copies between ND4J arrays, wherever their backend keeps them, and Java arrays, in C order
 * and single precision.
 */
public final class HostArrays {

  private static final int FINGERPRINT_VALUES = 4096;
  private static final int RUN = 64;

  /** Java's buffers show the first 2 GiB of an array. */
  private static final long MOST_IN_BUFFER = Integer.MAX_VALUE / Float.BYTES;

  private HostArrays() {}

  /** Copies an array of any shape, order, strides and floating type to the host, in C order. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static float[] floats(INDArray array) {
    requireFit(array);
    float[] values = new float[Math.toIntExact(array.length())];
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      if (isPlain(array)) {
        buffer(array).get(values);
        Reference.reachabilityFence(array);
      } else {
        try (INDArray plain = Nd4j.createUninitialized(DataType.FLOAT, array.shape(), 'c')) {
          plain.assign(array);
          buffer(plain).get(values);
        }
      }
    }
    return values;
  }

  /**
   * Whether arrays of a type are in single precision and in the host's memory, so that the
   * library's own loops can serve them.
   */
  public static boolean areSingleOnHost(DataType type) {
    return type == DataType.FLOAT && Nd4j.getEnvironment().isCPU();
  }

  /**
   * Whether {@link #buffer} gives the memory of all of these arrays, so that what is written to it
   * is in the array.
   */
  public static boolean areInPlace(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (!areSingleOnHost(array.dataType()) || !isPlain(array)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The values of an array for reading, without a copy if the backend keeps them on the host. The
   * array owns the buffer's memory: callers must keep it reachable while they use the buffer
   * ({@link Reference#reachabilityFence}).
   *
   * @param array any shape, order, strides and floating type
   * @return its values in C order, as a buffer with its own position
   */
  public static FloatBuffer buffer(INDArray array) {
    if (!isPlain(array)) {
      return FloatBuffer.wrap(floats(array));
    }
    int offset = Math.toIntExact(array.offset());
    int length = Math.toIntExact(array.length());
    return array.data().asNioFloat().position(0).slice(offset, length);
  }

  /**
   * A fingerprint of an array's values, from a few thousand of them in evenly spaced runs: cheap,
   * and changed by any in-place operation on the whole array.
   */
  public static int fingerprint(INDArray array) {
    int length = Math.toIntExact(array.length());
    if (length > 1 && Arrays.stream(array.stride()).allMatch(stride -> stride == 0)) {
      return 31 * length + Float.floatToIntBits(array.getFloat(0)); // one number in place of all
    }
    // Runs, since reading one value costs as much as reading its neighbours too.
    int stride = Math.max(RUN, length / (FINGERPRINT_VALUES / RUN));
    FloatBuffer values = buffer(array);
    int hash = length;
    for (int first = 0; first < length; first += stride) {
      for (int i = first; i < Math.min(first + RUN, length); i++) {
        hash = 31 * hash + Float.floatToIntBits(values.get(i));
      }
    }
    Reference.reachabilityFence(array);
    return hash;
  }

  /** Whether an array's values lie one after another in its buffer, where Java can read them. */
  private static boolean isPlain(INDArray array) {
    return array.dataType() == DataType.FLOAT
        && isInBuffer(array.offset(), array.length())
        && areDense(array.shape(), array.stride());
  }

  /** Whether strides are those of C order; that of an axis of one value does not matter. */
  private static boolean areDense(long[] shape, long... strides) {
    long[] dense = ArrayUtil.calcStrides(shape);
    return IntStream.range(0, shape.length)
        .allMatch(axis -> shape[axis] == 1 || strides[axis] == dense[axis]);
  }

  private static void requireFit(INDArray array) {
    Require.not(
        array.length() > MOST_IN_BUFFER,
        "arrays must have at most %s values, 2 GiB in single precision, got %s in %s. Use smaller"
            + " minibatches or fewer steps",
        MOST_IN_BUFFER,
        array.length(),
        Arrays.toString(array.shape()));
  }

  /** Whether a Java buffer over the memory of single-precision arrays shows these values. */
  static boolean isInBuffer(long offset, long length) {
    return offset + length <= MOST_IN_BUFFER;
  }

  /**
   * Copies values in C order into an array of any floating type that owns its memory, in C order.
   */
  public static void copy(float[] values, INDArray target) {
    fill(target, buffer -> buffer.put(values));
  }

  /**
   * Fills an array of any floating type that owns its memory: the writer writes all values, in C
   * order, to a buffer from its start.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static void fill(INDArray target, Consumer<FloatBuffer> writer) {
    requireFit(target);
    if (isPlain(target)) {
      writer.accept(buffer(target));
      written(target);
      Reference.reachabilityFence(target);
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray single = Nd4j.createUninitialized(DataType.FLOAT, target.shape(), 'c')) {
      fill(single, writer);
      target.assign(single);
    }
  }

  /** Tells a backend with its own memory that an array's values were written on the host. */
  public static void written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  /**
   * Copies an array of any shape, order and floating type to the host in double precision, in C
   * order.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static double[] doubles(INDArray array) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray plain = Nd4j.createUninitialized(DataType.DOUBLE, array.shape(), 'c')) {
      return plain.assign(array).data().asDouble();
    }
  }
}
