package org.dl4jsnn.internal.handover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of gradients in time, which goes from layer to layer on the way down and from one
 * minibatch to the next: the operating system takes as long to provide an array of this size as a
 * layer takes to compute it. Not in a workspace of Deeplearning4j, since a vertex may hand its
 * gradient down beyond its own turn. Thread-safe.
 */
public final class GradientMemory {

  /**
   * A layer reads one gradient and writes the next; the third lets small ones find small memory.
   */
  private static final int MOST_IDLE = 3;

  private final List<INDArray> idle = new ArrayList<>();

  /** An array of at least a length, with any content. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  INDArray take(DataType type, long length) {
    return takeIdle(type, length)
        .orElseGet(
            () -> {
              try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                return Nd4j.createUninitialized(type, length);
              }
            });
  }

  private synchronized Optional<INDArray> takeIdle(DataType type, long length) {
    Optional<INDArray> smallest =
        idle.stream()
            .filter(array -> array.dataType() == type && array.length() >= length)
            .min(Comparator.comparingLong(INDArray::length));
    // By identity: arrays with equal values are equal.
    smallest.ifPresent(taken -> idle.removeIf(array -> array == taken));
    return smallest;
  }

  /** Takes an array back that nobody reads any more. */
  synchronized void giveBack(INDArray array) {
    idle.add(array);
    idle.sort(Comparator.comparingLong(INDArray::length));
    if (idle.size() > MOST_IDLE) {
      idle.remove(0).close();
    }
  }

  /** Frees what is idle, as before a network answers. */
  public synchronized void free() {
    idle.forEach(INDArray::close);
    idle.clear();
  }
}
