package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Adds up the gradient of weights over steps. Scratch memory, one per task. */
public interface WeightSums {

  /**
   * Adds a step; the sums are complete after {@link #finish}.
   *
   * @param currentGradient the gradient of that step's currents, in order of position and channel
   */
  void add(SpikeTrain train, int sample, int step, float[] currentGradient, float[] sums);

  /** Adds what is still held. */
  void finish(float[] sums);

  /** Adds the gradients of the weights of a step's spikes. */
  @FunctionalInterface
  interface Scatter {
    void add(SpikeEvents events, float[] currentGradient, float[] sums);
  }

  /** Sums that are added to directly. */
  static WeightSums scattered(FeatureShape input, Scatter scatter) {
    SpikeEvents events = new SpikeEvents(input);
    return new WeightSums() {
      @Override
      public void add(
          SpikeTrain train, int sample, int step, float[] currentGradient, float[] sums) {
        train.read(sample, step, events);
        scatter.add(events, currentGradient, sums);
      }

      @Override
      public void finish(float[] sums) {
        // nothing is held
      }
    };
  }
}
