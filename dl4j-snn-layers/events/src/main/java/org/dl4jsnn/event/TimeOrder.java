package org.dl4jsnn.event;

/**
 * The order of events by time, stable. A merge sort of indices: the library's sort by comparator
 * needs one object per event, more than the whole table.
 */
final class TimeOrder {

  private TimeOrder() {}

  /** The index of the event for each position. */
  static int[] of(long[] times, int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    int[] other = new int[size];
    for (long run = 1; run < size; run *= 2) {
      for (long from = 0; from < size; from += 2 * run) {
        int middle = (int) Math.min(size, from + run);
        int to = (int) Math.min(size, from + 2 * run);
        merge(times, order, (int) from, middle, to, other);
      }
      int[] merged = other;
      other = order;
      order = merged;
    }
    return order;
  }

  private static void merge(long[] times, int[] order, int from, int middle, int to, int[] merged) {
    if (middle == to || times[order[middle - 1]] <= times[order[middle]]) {
      System.arraycopy(order, from, merged, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          left < middle && (right == to || times[order[left]] <= times[order[right]]);
      merged[i] = takeLeft ? order[left++] : order[right++];
    }
  }
}
