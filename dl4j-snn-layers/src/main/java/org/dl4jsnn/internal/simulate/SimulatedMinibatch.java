package org.dl4jsnn.internal.simulate;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates the samples of a minibatch in parallel, each by itself.
 *
 * @param shape the shape of the neurons
 * @param dynamics the neuron
 * @param start the state before the first step
 * @param input the spikes that arrive
 * @param keepsEnd whether the state after the last step is wanted
 */
record SimulatedMinibatch(
    FeatureShape shape,
    NeuronDynamics dynamics,
    NeuronState start,
    SpikeTrain input,
    boolean keepsEnd) {

  SimulatedMinibatch {
    start.requireOf(dynamics, input.minibatch(), shape.neurons());
  }

  /** Runs every sample; the supplier makes the simulation of a task. */
  SimulationResult run(Supplier<Consumer<SampleRun>> simulations) {
    BitLayout layout = BitLayout.of(shape);
    int samples = input.minibatch();
    int[][] words = new int[samples][];
    float[] totals = new float[Math.multiplyExact(samples, shape.neurons())];
    SampleStates states = new SampleStates(dynamics, start, samples, shape.neurons(), keepsEnd);
    ParallelSamples.run(
        samples,
        () -> {
          Consumer<SampleRun> simulation = simulations.get();
          return sample -> {
            words[sample] = layout.words(input.steps());
            float[][] end = states.end();
            simulation.accept(
                new SampleRun(
                    input,
                    sample,
                    states.start(sample),
                    end,
                    words[sample],
                    totals,
                    sample * shape.neurons()));
            states.take(sample, end);
          };
        });
    return new SimulationResult(
        new BinarySpikeTrain(shape, input.steps(), words, totals), states.state());
  }
}
