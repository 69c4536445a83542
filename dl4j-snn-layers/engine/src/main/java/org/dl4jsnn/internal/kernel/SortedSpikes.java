package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Spikes sorted by their channel or neuron; each names a row of numbers, which a {@link
 * ColumnKernel} adds to the sums of that channel or neuron. Reused.
 */
final class SortedSpikes {

  private int[] unsortedKeys = new int[0];
  private int[] unsortedRows = new int[0];
  private float[] unsortedAmplitudes = new float[0];
  private int size;

  /** For every key, the index of its first spike; followed by the number of spikes. */
  private final int[] first;

  private final int[] next;
  private int[] rows = new int[0];
  private float[] amplitudes = new float[0];
  private boolean graded;

  SortedSpikes(int keys) {
    this.first = new int[keys + 1];
    this.next = new int[keys];
  }

  /** Appends the spikes of a step, whose codes are rows times a power of 2 plus the key. */
  void add(SpikeTrain train, StepSpikes spikes, int count, int keyBits, int firstRow) {
    graded |= !train.unitSpikes();
    if (unsortedKeys.length < size + count) {
      int capacity = 2 * (size + count);
      unsortedKeys = Arrays.copyOf(unsortedKeys, capacity);
      unsortedRows = Arrays.copyOf(unsortedRows, capacity);
      unsortedAmplitudes = Arrays.copyOf(unsortedAmplitudes, capacity);
    }
    int mask = (1 << keyBits) - 1;
    for (int e = 0; e < count; e++) {
      int key = spikes.codes[e] & mask;
      unsortedKeys[size + e] = key;
      unsortedRows[size + e] = firstRow + (spikes.codes[e] >>> keyBits);
      first[key + 1]++;
    }
    if (graded) {
      System.arraycopy(spikes.amplitudes, 0, unsortedAmplitudes, size, count);
    }
    size += count;
  }

  /** Sorts the spikes for a task whose positions are the keys. */
  void sort(ColumnTask task) {
    for (int key = 0; key < next.length; key++) {
      first[key + 1] += first[key];
    }
    System.arraycopy(first, 0, next, 0, next.length);
    rows = rows.length < size ? new int[unsortedRows.length] : rows;
    amplitudes = amplitudes.length < size ? new float[unsortedRows.length] : amplitudes;
    for (int e = 0; e < size; e++) {
      int at = next[unsortedKeys[e]]++;
      rows[at] = unsortedRows[e];
      amplitudes[at] = unsortedAmplitudes[e];
    }
    task.bounds = first;
    task.rows = rows;
    task.amplitudes = graded ? amplitudes : null;
  }

  void clear() {
    Arrays.fill(first, 0);
    size = 0;
  }

  /** A task whose positions are keys; {@link #sort} sets its events. */
  static ColumnTask task(int keys, float[] sums, int stride) {
    ColumnTask task = new ColumnTask();
    task.positions = keys;
    task.membrane = sums;
    task.membraneStride = stride;
    task.firstRow = new int[keys];
    task.endRow = new int[keys];
    task.rowShift = new int[keys];
    for (int key = 0; key < keys; key++) {
      task.firstRow[key] = key;
      task.endRow[key] = key + 1;
    }
    return task;
  }
}
