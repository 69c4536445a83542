package org.dl4jsnn.internal.host;

import java.util.List;
import java.util.function.Supplier;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Makes a train from others, step by step. */
final class MergedSpikeTrains {

  private MergedSpikeTrains() {}

  /** Writes the amplitudes of one step of one sample. One per task. */
  @FunctionalInterface
  interface Merge {

    /**
     * Merges.
     *
     * @param amplitudes zeros, one per neuron in order of position and channel; to be filled
     */
    void step(int sample, int step, float[] amplitudes);
  }

  /** A train with a given shape and the samples and steps of the others. */
  static SpikeTrain of(FeatureShape shape, List<SpikeTrain> trains, Supplier<Merge> merges) {
    return of(shape, trains.get(0).minibatch(), trains.get(0).steps(), merges);
  }

  /** A train with a given shape and number of steps. */
  static SpikeTrain of(FeatureShape shape, int minibatch, int steps, Supplier<Merge> merges) {
    int neurons = shape.neurons();
    float[] totals = new float[Math.multiplyExact(minibatch, neurons)];
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    boolean[] allOnes = new boolean[minibatch];
    ParallelSamples.run(
        minibatch,
        () -> {
          Merge merge = merges.get();
          float[] amplitudes = new float[neurons];
          return sample -> {
            SpikeRecorder recorder = new SpikeRecorder(steps);
            boolean ones = true;
            for (int step = 0; step < steps; step++) {
              merge.step(sample, step, amplitudes);
              for (int neuron = 0; neuron < neurons; neuron++) {
                float amplitude = amplitudes[neuron];
                if (amplitude != 0) {
                  recorder.add(neuron, amplitude);
                  totals[sample * neurons + shape.arrayIndex(neuron)] += amplitude;
                  ones &= amplitude == 1;
                  amplitudes[neuron] = 0;
                }
              }
              recorder.endStep(step);
            }
            samples[sample] = recorder.sample(ones);
            allOnes[sample] = ones;
          };
        });
    boolean unitSpikes = true;
    for (boolean ones : allOnes) {
      unitSpikes &= ones;
    }
    FiniteFlow.require(totals, neurons, "amplitudes that are too large");
    return EventSpikeTrain.unchecked(shape, steps, samples, unitSpikes, totals);
  }
}
