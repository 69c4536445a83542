package org.dl4jsnn.internal.encode;

import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Signed Poisson rate coding (equation 7 of docs/mathematics.md). */
public final class PoissonTrains {

  private PoissonTrains() {}

  /**
   * The spikes of features over some steps of a stream.
   *
   * @param x features of all samples in array order
   * @param firstStep the step of the stream at which the window starts
   * @throws IllegalArgumentException if a feature is not finite, or the spikes do not fit into
   *     memory
   */
  public static SpikeTrain of(
      FeatureShape shape, float[] x, NoiseKey noise, long firstStep, int steps, double gain) {
    int neurons = shape.neurons();
    int minibatch = x.length / neurons;
    HostFeatures.finite(x, neurons);
    requireMemory(x, shape, minibatch, steps, gain);
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    float[] totals = new float[x.length];
    ParallelSamples.run(
        minibatch,
        () -> {
          PoissonDraws draws = new PoissonDraws(shape, firstStep, steps, gain);
          return sample ->
              samples[sample] = draws.fire(x, sample * neurons, noise.stream(sample), totals);
        });
    return EventSpikeTrain.unchecked(shape, steps, samples, !HostFeatures.hasNegative(x), totals);
  }

  /** By the expected number of spikes. */
  private static void requireMemory(
      float[] x, FeatureShape shape, int minibatch, int steps, double gain) {
    if (SpikeTrainMemory.fitsAnyList(minibatch, shape, steps)) {
      return;
    }
    double largest = 0;
    double all = 0;
    for (int sample = 0; sample < minibatch; sample++) {
      double rates = 0;
      for (int i = 0; i < shape.neurons(); i++) {
        rates += Math.min(1, gain * Math.abs(x[sample * shape.neurons() + i]));
      }
      largest = Math.max(largest, rates * steps);
      all += rates * steps;
    }
    SpikeTrainMemory.requireListed(minibatch, shape, steps, largest, all);
  }
}
