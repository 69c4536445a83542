package org.dl4jsnn.internal.encode;

import java.util.Arrays;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;

/** Finds where the signals of a sample cross thresholds. Scratch memory, one per task. */
final class DeltaCrossings {

  private static final int FIRST_ROOM = 256;

  private final FeatureShape signal;
  private final int steps;
  private final double threshold;
  private int[] neurons = new int[FIRST_ROOM];
  private float[] amplitudes = new float[FIRST_ROOM];
  private int size;

  /**
   * For samples of one shape.
   *
   * @param signal the shape of the features of one step
   */
  DeltaCrossings(FeatureShape signal, int steps, double threshold) {
    this.signal = signal;
    this.steps = steps;
    this.threshold = threshold;
  }

  /**
   * The events of a sample.
   *
   * @param x the values of all samples, [minibatch, channels, T, positions]
   * @param levels references, in thresholds above the origins; updated
   * @param totals sums of amplitudes; the sample's are written
   */
  EventSpikeTrain.Sample of(
      int sample, float[] x, float[] origins, double[] levels, float[] totals) {
    size = 0;
    int[] firstOfStep = new int[steps + 1];
    for (int step = 0; step < steps; step++) {
      for (int position = 0; position < signal.positions(); position++) {
        for (int channel = 0; channel < signal.channels(); channel++) {
          int row = sample * signal.channels() + channel;
          int index = row * signal.positions() + position;
          float value = x[(row * steps + step) * signal.positions() + position];
          double crossed = crossed(value, origins[index], levels[index]);
          if (crossed != 0) {
            levels[index] += crossed;
            int on = crossed > 0 ? 1 : 0;
            add(2 * (position * signal.channels() + channel) + on, (float) Math.abs(crossed));
            totals[(2 * row + on) * signal.positions() + position] += (float) Math.abs(crossed);
          }
        }
      }
      firstOfStep[step + 1] = size;
    }
    return new EventSpikeTrain.Sample(
        firstOfStep, Arrays.copyOf(neurons, size), allOnes() ? null : copyOfAmplitudes());
  }

  /** Thresholds crossed since the reference, negative downwards. */
  private double crossed(float value, float origin, double level) {
    double above = ((double) value - origin) / threshold - level;
    // Rounded towards zero: less than one threshold is no crossing.
    return above > 0 ? Math.floor(above) : Math.ceil(above);
  }

  private void add(int neuron, float amplitude) {
    if (size == neurons.length) {
      neurons = Arrays.copyOf(neurons, 2 * size);
      amplitudes = Arrays.copyOf(amplitudes, 2 * size);
    }
    neurons[size] = neuron;
    amplitudes[size++] = amplitude;
  }

  private boolean allOnes() {
    for (int event = 0; event < size; event++) {
      if (amplitudes[event] != 1) {
        return false;
      }
    }
    return true;
  }

  private float[] copyOfAmplitudes() {
    return Arrays.copyOf(amplitudes, size);
  }
}
