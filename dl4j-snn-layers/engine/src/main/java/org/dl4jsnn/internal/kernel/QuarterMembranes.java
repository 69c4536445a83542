package org.dl4jsnn.internal.kernel;

/**
 * The neurons of average pooling over 2×2 windows, whose membranes are whole numbers of quarters
 * above a common value: 32 channels per cell, one bit of each cell's words per channel. Scratch
 * memory, one per task.
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
   * @param a the spikes of the first of the four places of every window
   * @param b of the second
   * @param c of the third
   * @param d of the fourth
   * @param fired where the cells' spikes go
   */
  void step(int[] a, int[] b, int[] c, int[] d, int[] fired);
}
