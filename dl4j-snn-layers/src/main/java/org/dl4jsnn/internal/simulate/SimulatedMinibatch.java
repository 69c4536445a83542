package org.dl4jsnn.internal.simulate;

import java.util.function.Supplier;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
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
 * @param weighted whether the synapses have weights
 * @param kept what is wanted beside the spikes
 */
record SimulatedMinibatch(
    FeatureShape shape,
    NeuronDynamics dynamics,
    NeuronState start,
    SpikeTrain input,
    boolean weighted,
    Kept kept) {

  SimulatedMinibatch {
    start.requireOf(dynamics, input.minibatch(), shape.neurons());
  }

  /** Runs every sample; the supplier makes the simulation of a task. */
  SimulationResult run(Supplier<SampleSimulation> simulations) {
    BitLayout layout = BitLayout.of(shape);
    int samples = input.minibatch();
    int[][] words = new int[samples][];
    float[] totals = new float[Math.multiplyExact(samples, shape.neurons())];
    SampleStates states =
        new SampleStates(dynamics, start, samples, shape.neurons(), kept == Kept.END);
    FlowRecorder flows =
        kept == Kept.FLOW ? new FlowRecorder(samples, shape.neurons(), weighted) : null;
    ParallelSamples.run(
        samples,
        () -> {
          SampleSimulation simulation = simulations.get();
          float[] inputs =
              flows != null && simulation.sumsInputs() ? new float[shape.neurons()] : null;
          return sample -> {
            words[sample] = layout.words(input.steps());
            float[][] end = states.end();
            simulation.run(
                new SampleRun(
                    input,
                    sample,
                    states.start(sample),
                    end,
                    words[sample],
                    totals,
                    sample * shape.neurons(),
                    inputs));
            states.take(sample, end);
            if (inputs != null) {
              flows.take(sample, inputs, totals);
            }
          };
        });
    return new SimulationResult(
        new BinarySpikeTrain(shape, input.steps(), words, totals),
        states.state(),
        flows == null ? null : flows.flow());
  }
}
