package org.dl4jsnn.internal.memory;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Large arrays for one piece of work, reused by the next: Java would fill new ones with zeros and
 * collect garbage all the time. Free arrays are dropped when memory is short. The content of an
 * array is undefined when it is taken. Thread-safe.
 */
public final class Scratch implements AutoCloseable {

  /** Shorter arrays are cheap and not reused. */
  private static final int LEAST_LENGTH = 1 << 13;

  private static final Map<Integer, Queue<SoftReference<float[]>>> FREE = new ConcurrentHashMap<>();

  private final Queue<float[]> taken = new ConcurrentLinkedQueue<>();

  /** An array with undefined values. */
  public float[] floats(int length) {
    if (length < LEAST_LENGTH) {
      return new float[length];
    }
    float[] array = free(length);
    if (array == null) {
      array = new float[length];
    }
    taken.add(array);
    return array;
  }

  private static float[] free(int length) {
    Queue<SoftReference<float[]>> free = FREE.get(length);
    if (free == null) {
      return null;
    }
    SoftReference<float[]> reference = free.poll();
    while (reference != null) {
      float[] array = reference.get();
      if (array != null) {
        return array;
      }
      reference = free.poll();
    }
    return null;
  }

  /** An array of zeros. */
  public float[] zeros(int length) {
    float[] array = floats(length);
    Arrays.fill(array, 0);
    return array;
  }

  /** Ends the work; its arrays must no longer be used. */
  @Override
  public void close() {
    for (float[] array = taken.poll(); array != null; array = taken.poll()) {
      FREE.computeIfAbsent(array.length, length -> new ConcurrentLinkedQueue<>())
          .add(new SoftReference<>(array));
    }
  }
}
