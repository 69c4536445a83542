package org.dl4jsnn.internal.host;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.SpikeCounter;
import org.dl4jsnn.internal.spike.SpikeCounts;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates the samples of a minibatch in parallel, each separately.
 *
 * @param weighted whether the synapses have weights
 * @param kept what to keep besides the spikes
 */
record SimulatedMinibatch(
    FeatureShape shape,
    NeuronDynamics dynamics,
    NeuronState start,
    SpikeTrain input,
    boolean weighted,
    Retention kept) {

  SimulatedMinibatch {
    start.requireOf(dynamics, input.minibatch(), shape.neurons());
  }

  /** Runs every sample. */
  SimulationResult run(SampleSimulations simulations) {
    int samples = input.minibatch();
    int[][] words = new int[samples][];
    int[][] digits = new int[samples][];
    SpikeCounts counts = new SpikeCounts(shape, digits);
    SampleStates states =
        new SampleStates(dynamics, start, samples, shape.neurons(), kept == Retention.END);
    FlowRecorder flows =
        kept == Retention.FLOW ? new FlowRecorder(samples, shape.neurons(), weighted) : null;
    // Every thread should get some.
    int threads = ParallelSamples.threads();
    int atOnce =
        Math.max(1, Math.min(simulations.samplesAtOnce(), (samples + threads - 1) / threads));
    ParallelSamples.run(
        (samples + atOnce - 1) / atOnce,
        () -> {
          SampleSimulation simulation = simulations.newSimulation();
          SpikeCounter counter = new SpikeCounter(shape, input.steps());
          SpikeCounts.Reader reader = Kernels.chosen().reader(counts);
          boolean records = flows != null && simulation.sumsInputs();
          float[][] inputs = records ? new float[atOnce][shape.neurons()] : new float[atOnce][];
          float[] totals = records ? new float[shape.neurons()] : null;
          return group -> {
            int first = group * atOnce;
            List<SampleRun> runs = new ArrayList<>(atOnce);
            for (int sample = first; sample < Math.min(samples, first + atOnce); sample++) {
              runs.add(newRun(sample, states, inputs[sample - first]));
            }
            simulation.run(runs);
            for (SampleRun run : runs) {
              int sample = run.sample();
              words[sample] = run.words();
              states.take(sample, run.end());
              digits[sample] = counter.count(run.words());
              if (records) {
                reader.read(sample, totals, 0);
                flows.take(sample, run.inputs(), totals);
              }
            }
          };
        });
    return new SimulationResult(
        new BinarySpikeTrain(shape, input.steps(), words, counts),
        states.state(),
        flows == null ? null : flows.flow());
  }

  private SampleRun newRun(int sample, SampleStates states, float[] inputs) {
    int[] words = BitLayout.of(shape).words(input.steps());
    return new SampleRun(input, sample, states.start(sample), states.end(), words, inputs);
  }
}
