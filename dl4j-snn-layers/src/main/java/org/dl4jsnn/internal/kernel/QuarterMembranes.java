package org.dl4jsnn.internal.kernel;

/**
 * The neurons of average pooling over 2×2 windows, whose membranes are whole numbers of quarters
 * above a common value: 32 channels of some cells, a bit of each cell's words a channel. Scratch
 * memory, one a task.
 */
interface QuarterMembranes {

  /** Begins a sample at rest. */
  void rest();

  /** Sets a membrane. */
  void set(int cell, int channel, float membrane);

  /** A membrane. */
  float get(int cell, int channel);

  /**
   * A step: adds a quarter for every spike, fires and resets.
   *
   * @param a the spikes of one of the four places of every window
   * @param b of another
   * @param c of another
   * @param d of the last
   * @param fired where the cells' spikes go
   */
  void step(int[] a, int[] b, int[] c, int[] d, int[] fired);
}
