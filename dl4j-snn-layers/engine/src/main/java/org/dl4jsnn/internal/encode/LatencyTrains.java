package org.dl4jsnn.internal.encode;

import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Latency coding (equations 45 and 46 of docs/mathematics.md). */
public final class LatencyTrains {

  private static final int NEVER = LatencyCode.NEVER;

  private LatencyTrains() {}

  /**
   * The spikes of some steps. The only state of a stream of constant features is its number of
   * steps so far.
   *
   * @param x features of all samples in array order; not kept
   * @param firstStep the first step, from 0
   * @throws IllegalArgumentException if a feature is not finite
   */
  public static SpikeTrain of(
      LatencyCode code, FeatureShape shape, float[] x, long firstStep, int count) {
    // All steps after the span are silent.
    int first = (int) Math.min(firstStep, code.span());
    int minibatch = x.length / shape.neurons();
    HostFeatures.finite(x, shape.neurons());
    SpikeTrainMemory.requireListed(minibatch, shape, count, shape.neurons(), x.length);
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    float[] totals = new float[x.length];
    ParallelSamples.run(
        minibatch,
        () -> {
          int[] stepOf = new int[shape.neurons()];
          return sample -> {
            int offset = sample * shape.neurons();
            for (int neuron = 0; neuron < stepOf.length; neuron++) {
              int index = offset + shape.arrayIndex(neuron);
              int step = code.stepOf(x[index]);
              boolean inside = step >= first && step - first < count;
              stepOf[neuron] = inside ? step - first : NEVER;
              totals[index] = inside ? Math.signum(x[index]) : 0;
            }
            samples[sample] = events(shape, stepOf, count, totals, offset);
          };
        });
    return EventSpikeTrain.unchecked(shape, count, samples, !HostFeatures.hasNegative(x), totals);
  }

  /** Neurons sorted by their steps. */
  private static EventSpikeTrain.Sample events(
      FeatureShape shape, int[] stepOf, int count, float[] totals, int offset) {
    int[] firstOfStep = new int[count + 1];
    for (int step : stepOf) {
      if (step != NEVER) {
        firstOfStep[step + 1]++;
      }
    }
    for (int step = 0; step < count; step++) {
      firstOfStep[step + 1] += firstOfStep[step];
    }
    int[] next = firstOfStep.clone();
    int[] neurons = new int[firstOfStep[count]];
    for (int neuron = 0; neuron < stepOf.length; neuron++) {
      if (stepOf[neuron] != NEVER) {
        boolean negative = totals[offset + shape.arrayIndex(neuron)] < 0;
        neurons[next[stepOf[neuron]]++] = negative ? ~neuron : neuron;
      }
    }
    return new EventSpikeTrain.Sample(firstOfStep, neurons, null);
  }
}
