package org.dl4jsnn.internal.encode;

import java.util.Arrays;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.SpikeRecorder;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Delta coding (equation 47 of docs/mathematics.md). */
public final class DeltaTrains {

  private static final int POLARITIES = 2;

  private DeltaTrains() {}

  /**
   * The spikes of a piece of a stream, and the state after it.
   *
   * @param after the state for the next piece
   */
  public record Piece(SpikeTrain train, DeltaState after) {}

  /** {@return the shape of the neurons of a signal: twice as many channels, OFF and ON of each} */
  public static FeatureShape withPolarities(FeatureShape signal) {
    int channels = Math.multiplyExact(POLARITIES, signal.channels());
    return new FeatureShape(channels, signal.height(), signal.width(), signal.spatial());
  }

  /**
   * Encodes the next steps of a stream.
   *
   * @param x [minibatch, channels, T, positions], C order
   * @param before the state after the steps before them
   * @return the spikes, and the state after them
   * @throws IllegalArgumentException if a feature or a sum is not finite, or the signals differ
   *     from before
   */
  public static Piece of(
      FeatureShape signal, float[] x, int minibatch, double threshold, DeltaState before) {
    FeatureShape shape = withPolarities(signal);
    int signals = Math.multiplyExact(minibatch, signal.neurons());
    int steps = x.length / signals;
    HostFeatures.finite(x, Math.multiplyExact(signal.neurons(), steps));
    Require.not(
        before.hasBegun() && before.origins().length != signals,
        "features must continue the stream with %s signals (samples · features)," + " got %s",
        before.origins().length,
        signals);
    float[] origins = before.hasBegun() ? before.origins() : firstValues(x, signal, steps);
    double[] levels = before.hasBegun() ? before.levels().clone() : new double[signals];
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    float[] totals = new float[Math.multiplyExact(minibatch, shape.neurons())];
    ParallelSamples.run(
        minibatch,
        () ->
            sample ->
                samples[sample] = crossings(sample, signal, x, threshold, origins, levels, totals));
    FiniteFlow.require(totals, shape.neurons(), "a threshold far too small for the features");
    boolean unit = Arrays.stream(samples).allMatch(sample -> sample.amplitudes() == null);
    return new Piece(
        EventSpikeTrain.unchecked(shape, steps, samples, unit, totals),
        new DeltaState(origins, levels));
  }

  /** The events of a sample where its signals cross thresholds; updates its levels and totals. */
  private static EventSpikeTrain.Sample crossings(
      int sample,
      FeatureShape signal,
      float[] x,
      double threshold,
      float[] origins,
      double[] levels,
      float[] totals) {
    int positions = signal.positions();
    int steps = x.length / origins.length;
    SpikeRecorder recorder = new SpikeRecorder(steps);
    boolean ones = true;
    for (int step = 0; step < steps; step++) {
      for (int position = 0; position < positions; position++) {
        for (int channel = 0; channel < signal.channels(); channel++) {
          int row = sample * signal.channels() + channel;
          int index = row * positions + position;
          float value = x[(row * steps + step) * positions + position];
          double crossed = crossed(value, origins[index], levels[index], threshold);
          if (crossed != 0) {
            levels[index] += crossed;
            int on = crossed > 0 ? 1 : 0;
            float amplitude = (float) Math.abs(crossed);
            recorder.add(2 * (position * signal.channels() + channel) + on, amplitude);
            totals[(2 * row + on) * positions + position] += amplitude;
            ones &= amplitude == 1;
          }
        }
      }
      recorder.endStep(step);
    }
    return recorder.sample(ones);
  }

  /** Thresholds crossed since the reference, negative downwards. */
  private static double crossed(float value, float origin, double level, double threshold) {
    double above = ((double) value - origin) / threshold - level;
    // Rounded towards zero: less than one threshold is no crossing.
    return above > 0 ? Math.floor(above) : Math.ceil(above);
  }

  private static float[] firstValues(float[] x, FeatureShape signal, int steps) {
    int positions = signal.positions();
    float[] first = new float[x.length / steps];
    for (int channel = 0; channel < first.length / positions; channel++) {
      System.arraycopy(x, channel * steps * positions, first, channel * positions, positions);
    }
    return first;
  }
}
