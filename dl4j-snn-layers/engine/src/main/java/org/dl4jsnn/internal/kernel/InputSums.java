package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeEvents;

/** Integrators that never fire, one per input of a layer. Scratch memory, one per task. */
public interface InputSums {

  /** Sets all sums to 0. */
  void clear();

  /** Multiplies all sums by a factor. */
  void scale(float factor);

  /** Adds the weights of the events of a step, in increasing order of position and channel. */
  void add(SpikeEvents events);

  /** Copies the sums in order of position and channel. */
  void copyTo(float[] target);

  /** Adds events directly to an array in order of position and channel. */
  @FunctionalInterface
  interface Scatter {
    void add(SpikeEvents events, float[] sums);
  }

  /** Sums that are added to directly. */
  static InputSums scattered(int inputs, Scatter scatter) {
    float[] sums = new float[inputs];
    return new InputSums() {
      @Override
      public void clear() {
        java.util.Arrays.fill(sums, 0);
      }

      @Override
      public void scale(float factor) {
        for (int i = 0; factor != 1 && i < sums.length; i++) {
          sums[i] *= factor;
        }
      }

      @Override
      public void add(SpikeEvents events) {
        scatter.add(events, sums);
      }

      @Override
      public void copyTo(float[] target) {
        System.arraycopy(sums, 0, target, 0, sums.length);
      }
    };
  }
}
