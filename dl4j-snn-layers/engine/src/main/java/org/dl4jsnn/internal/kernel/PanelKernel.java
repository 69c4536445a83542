package org.dl4jsnn.internal.kernel;

/**
 * Copies rows of pixels of one channel to a panel, where the channels of a pixel are adjacent, and
 * back. Thread-safe.
 */
public interface PanelKernel {

  /**
   * Row to panel.
   *
   * @param from index of the first
   * @param to index of the channel at the first pixel
   */
  void spread(float[] row, int from, int count, float[] panel, int to);

  /**
   * Panel to row.
   *
   * @param from index of the channel at the first pixel
   * @param row where the pixels of the channel go
   * @param to index of the first
   */
  void collect(float[] panel, int from, int count, float[] row, int to);

  /**
   * Adds a run of values to another.
   *
   * @param from index of the first
   * @param to index of the first sum
   */
  void add(float[] values, int from, int count, float[] sums, int to);
}
