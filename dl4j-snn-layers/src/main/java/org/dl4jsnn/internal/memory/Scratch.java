package org.dl4jsnn.internal.memory;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Large arrays for one piece of work, which the next piece of work gets again: Java would fill new
 * ones with zeros, and collect garbage all the time. What is free goes when memory is short. What
 * is in an array when it is taken is anything at all, so nothing can depend on who had it before.
 * Safe for threads.
 */
public final class Scratch implements AutoCloseable {

  /** Smaller arrays cost nothing. */
  private static final int LEAST_LENGTH = 1 << 13;

  private static final Map<Integer, Queue<SoftReference<float[]>>> FREE = new ConcurrentHashMap<>();

  private final Queue<float[]> taken = new ConcurrentLinkedQueue<>();

  /** Begins a piece of work. */
  public Scratch() {}

  /**
   * An array of any values.
   *
   * @param length its length
   * @return the array, until this is closed
   */
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

  /**
   * An array of zeros.
   *
   * @param length its length
   * @return the array, until this is closed
   */
  public float[] zeros(int length) {
    float[] array = floats(length);
    Arrays.fill(array, 0);
    return array;
  }

  /** Ends the work; its arrays must not be used any more. */
  @Override
  public void close() {
    for (float[] array = taken.poll(); array != null; array = taken.poll()) {
      FREE.computeIfAbsent(array.length, length -> new ConcurrentLinkedQueue<>())
          .add(new SoftReference<>(array));
    }
  }
}
