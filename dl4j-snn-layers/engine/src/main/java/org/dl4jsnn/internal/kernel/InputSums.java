package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/** Integrators that never fire, one per input of a layer. Scratch memory, one per task. */
public interface InputSums {

  /** Sets all sums to 0. */
  void clear();

  /** Multiplies all sums by a factor. */
  void scale(float factor);

  /**
   * Adds the weights of a step's graded events.
   *
   * @param amplitudes one per neuron, in order of position and channel; 0 without an event
   */
  void add(float... amplitudes);

  /** Copies the sums in order of position and channel. */
  void copyTo(float[] target);

  /** Adds a step to an array in order of position and channel. */
  @FunctionalInterface
  interface Addition {
    void add(float[] amplitudes, float[] sums);
  }

  /** Adds events directly to an array in order of position and channel. */
  @FunctionalInterface
  interface Scatter {
    void add(SpikeEvents events, float[] sums);
  }

  /** Sums that events are added to one by one. */
  static InputSums scattered(FeatureShape output, FeatureShape input, Scatter scatter) {
    SpikeEvents events = new SpikeEvents(output);
    return of(
        input,
        (amplitudes, sums) -> {
          events.set(amplitudes);
          scatter.add(events, sums);
        });
  }

  /** Sums that are added to directly. */
  static InputSums of(FeatureShape input, Addition addition) {
    float[] sums = new float[input.neurons()];
    return new InputSums() {
      @Override
      public void clear() {
        Arrays.fill(sums, 0);
      }

      @Override
      public void scale(float factor) {
        for (int i = 0; factor != 1 && i < sums.length; i++) {
          sums[i] *= factor;
        }
      }

      @Override
      public void add(float... amplitudes) {
        addition.add(amplitudes, sums);
      }

      @Override
      public void copyTo(float[] target) {
        System.arraycopy(sums, 0, target, 0, sums.length);
      }
    };
  }
}
