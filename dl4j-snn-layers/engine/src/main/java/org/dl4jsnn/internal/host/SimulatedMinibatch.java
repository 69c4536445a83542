package org.dl4jsnn.internal.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.kernel.Share;
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
    int threads = ParallelSamples.threads();
    int shares = shares(simulations);
    if (shares > 1) {
      SpikeCounter counter = new SpikeCounter(shape, input.steps());
      for (SampleRun run : runShares(simulations, shares, states)) {
        words[run.sample()] = run.words();
        states.take(run.sample(), run.end());
        digits[run.sample()] = counter.count(run.words());
      }
      return result(words, counts, states, null);
    }
    // Every thread should get some.
    int atOnce =
        Math.max(1, Math.min(simulations.samplesAtOnce(), (samples + threads - 1) / threads));
    List<SampleSimulation> used = Collections.synchronizedList(new ArrayList<>());
    ParallelSamples.run(
        (samples + atOnce - 1) / atOnce,
        () -> {
          SampleSimulation simulation = simulations.newSimulation(Share.WHOLE);
          used.add(simulation);
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
    used.forEach(simulation -> simulations.giveBack(Share.WHOLE, simulation));
    return result(words, counts, states, flows);
  }

  /** Into how many shares each sample is divided: 1 unless threads would have nothing to do. */
  private int shares(SampleSimulations simulations) {
    int shares = ParallelSamples.idleThreads() / Math.max(1, input.minibatch());
    return kept == Retention.FLOW || shares < 2
        ? 1
        : Math.min(shares, simulations.mostShares(input));
  }

  private List<SampleRun> runShares(
      SampleSimulations simulations, int shares, SampleStates states) {
    List<SampleRun> runs = new ArrayList<>();
    for (int sample = 0; sample < input.minibatch(); sample++) {
      runs.add(newRun(sample, states, null));
    }
    ParallelSamples.run(
        runs.size() * shares,
        () ->
            task -> {
              Share share = new Share(task % shares, shares);
              SampleSimulation simulation = simulations.newSimulation(share);
              simulation.run(runs.get(task / shares));
              simulations.giveBack(share, simulation);
            });
    return runs;
  }

  private SimulationResult result(
      int[][] words, SpikeCounts counts, SampleStates states, FlowRecorder flows) {
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
