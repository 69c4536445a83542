package org.dl4jsnn.internal.array;

import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads and writes runs of an array's values in double precision, or, for an array of single
 * precision, unconverted. Owns scratch memory: one per task.
 */
public final class ArrayRuns {

  /** Owns the memory of the buffers. */
  private final INDArray array;

  private final FloatBuffer floats;
  private final DoubleBuffer doubles;
  private float[] scratch = new float[0];

  /** Creates runs over an array of single or double precision in C order, with its own buffer. */
  public ArrayRuns(INDArray array) {
    requireReal(array.dataType());
    this.array = array;
    this.floats = array.dataType() == DataType.FLOAT ? array.data().asNioFloat() : null;
    this.doubles = array.dataType() == DataType.DOUBLE ? array.data().asNioDouble() : null;
  }

  /**
   * Refuses, by an IllegalArgumentException, a type that is neither single nor double precision.
   */
  public static void requireReal(DataType type) {
    Require.not(
        type != DataType.FLOAT && type != DataType.DOUBLE,
        "data type must be FLOAT or DOUBLE for gradients through time, got %s",
        type);
  }

  /** Reads a run as long as the target, from the index of its first value. */
  public void read(int first, double[] target) {
    if (doubles != null) {
      doubles.get(first, target);
      Reference.reachabilityFence(array);
      return;
    }
    float[] run = scratch(target.length);
    floats.get(first, run, 0, target.length);
    Reference.reachabilityFence(array);
    for (int i = 0; i < target.length; i++) {
      target[i] = run[i];
    }
  }

  /** Writes a run from the index of its first value. */
  public void write(int first, double[] source) {
    if (doubles != null) {
      doubles.put(first, source);
      Reference.reachabilityFence(array);
      return;
    }
    float[] run = scratch(source.length);
    for (int i = 0; i < source.length; i++) {
      run[i] = (float) source[i];
    }
    floats.put(first, run, 0, source.length);
    Reference.reachabilityFence(array);
  }

  /** Reads a run of single precision. */
  public void read(int first, float[] target) {
    floats.get(first, target);
    Reference.reachabilityFence(array);
  }

  /** Writes a run of single precision. */
  public void write(int first, float[] source) {
    floats.put(first, source);
    Reference.reachabilityFence(array);
  }

  private float[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new float[length];
    }
    return scratch;
  }
}
