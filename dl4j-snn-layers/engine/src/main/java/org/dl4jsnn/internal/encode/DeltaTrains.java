package org.dl4jsnn.internal.encode;

import java.util.Arrays;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.parallel.ParallelSamples;
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
   * @param train the spikes
   * @param after the state for the next piece
   */
  public record Piece(SpikeTrain train, DeltaState after) {}

  /**
   * The shape of the neurons of a signal.
   *
   * @return twice as many channels, OFF and ON of each
   */
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
    if (before.hasBegun() && before.origins().length != signals) {
      throw new IllegalArgumentException(
          "features must continue the stream with "
              + before.origins().length
              + " signals (samples · features), got "
              + signals);
    }
    float[] origins = before.hasBegun() ? before.origins() : firstValues(x, signal, steps);
    double[] levels = before.hasBegun() ? before.levels().clone() : new double[signals];
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    float[] totals = new float[Math.multiplyExact(minibatch, shape.neurons())];
    ParallelSamples.run(
        minibatch,
        () -> {
          DeltaCrossings crossings = new DeltaCrossings(signal, steps, threshold);
          return sample -> samples[sample] = crossings.of(sample, x, origins, levels, totals);
        });
    FiniteFlow.require(totals, shape.neurons(), "a threshold far too small for the features");
    boolean unit = Arrays.stream(samples).allMatch(sample -> sample.amplitudes() == null);
    return new Piece(
        EventSpikeTrain.unchecked(shape, steps, samples, unit, totals),
        new DeltaState(origins, levels));
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
