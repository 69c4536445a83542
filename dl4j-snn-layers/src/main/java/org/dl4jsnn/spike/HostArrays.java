package org.dl4jsnn.spike;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Bulk copies between ND4J arrays, wherever their backend keeps them, and Java arrays, in order c
 * and single precision.
 */
public final class HostArrays {

  private static final int FINGERPRINT_VALUES = 4096;
  private static final int RUN = 64;

  private HostArrays() {}

  /**
   * Copies an array to the host.
   *
   * @param array any shape, order, strides and floating type
   * @return its values in order c
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static float[] floats(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      if (isPlain(array)) {
        array.data().asNioFloat().get(values);
      } else {
        try (INDArray plain = Nd4j.createUninitialized(DataType.FLOAT, array.shape(), 'c')) {
          plain.assign(array);
          plain.data().asNioFloat().get(values);
        }
      }
    }
    return values;
  }

  /**
   * The values of an array for reading, without copying them where the backend keeps them on the
   * host.
   *
   * @param array any shape, order, strides and floating type
   * @return its values in order c; of the caller's own position
   */
  public static FloatBuffer buffer(INDArray array) {
    return isPlain(array) ? array.data().asNioFloat().slice() : FloatBuffer.wrap(floats(array));
  }

  /**
   * A fingerprint of an array's values, from some thousands of them in evenly spaced runs: cheap,
   * and changed by any operation that works on the whole array in place.
   *
   * @param array any shape, order, strides and floating type
   * @return equal for equal values
   */
  public static int fingerprint(INDArray array) {
    int length = Math.toIntExact(array.length());
    // Runs, since one value alone costs as much to read as those beside it.
    int stride = Math.max(RUN, length / (FINGERPRINT_VALUES / RUN));
    FloatBuffer values = buffer(array);
    int hash = length;
    for (int first = 0; first < length; first += stride) {
      for (int i = first; i < Math.min(first + RUN, length); i++) {
        hash = 31 * hash + Float.floatToIntBits(values.get(i));
      }
    }
    return hash;
  }

  /** Whether an array's buffer holds just its values, in order c and single precision. */
  private static boolean isPlain(INDArray array) {
    return array.dataType() == DataType.FLOAT
        && !array.isView()
        && array.data().length() == array.length()
        && Arrays.equals(array.stride(), ArrayUtil.calcStrides(array.shape()));
  }

  /**
   * Copies host values into an array that owns its memory.
   *
   * @param values the values in order c
   * @param target an array of as many elements, of any floating type, order c
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static void copy(float[] values, INDArray target) {
    if (target.dataType() == DataType.FLOAT) {
      target.data().asNioFloat().put(values);
      Nd4j.getAffinityManager().tagLocation(target, AffinityManager.Location.HOST);
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray single = Nd4j.createUninitialized(DataType.FLOAT, target.shape(), 'c')) {
      copy(values, single);
      target.assign(single);
    }
  }
}
