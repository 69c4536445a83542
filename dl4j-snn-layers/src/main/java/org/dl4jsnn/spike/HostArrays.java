package org.dl4jsnn.spike;

import java.nio.FloatBuffer;
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

  private HostArrays() {}

  /**
   * Copies an array to the host.
   *
   * @param array any shape, order and floating type
   * @return its values in order c
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  public static float[] floats(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray single = array.castTo(DataType.FLOAT);
      INDArray plain = single.ordering() == 'c' && !single.isView() ? single : single.dup('c');
      FloatBuffer buffer = plain.data().asNioFloat();
      buffer.get(values);
      if (plain != array) {
        plain.close();
      }
    }
    return values;
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
