package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.kernel.CurrentSimulation;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.kernel.Share;
import org.dl4jsnn.internal.kernel.SummingSimulation;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates neurons with the same current at every step. The current is summed sample by sample, in
 * the order of the event-driven simulation, so it depends on neither the backend nor the minibatch
 * size.
 */
final class ConstantCurrents {

  /** Neurons that never fire: after a step at rest their membrane is the current. */
  static final KernelNeuron SILENT = new KernelNeuron(Float.MAX_VALUE, 1, false, 0, 0);

  /** Steps of neurons that are worth another thread. */
  private static final double NEURON_STEPS_OF_A_SHARE = 1 << 15;

  private ConstantCurrents() {}

  /** The current of any step by the sample; overwritten by the next. */
  private interface Currents extends IntFunction<CurrentSimulation.Source> {

    /** Gives back what a share was computed with. */
    default void giveBack(Share share) {}
  }

  /** Neurons with a kernel. */
  private record Kernel(CurrentSimulation simulation, Currents currents)
      implements SampleSimulation {

    @Override
    public void run(SampleRun run) {
      simulation.run(run, currents.apply(run.sample()));
    }
  }

  /**
   * Simulations of a minibatch; membranes must not exceed single precision.
   *
   * @param anyStep the input of any step, as a window of one
   * @param silent kernels of silent neurons with this current; empty if there are none
   */
  static SampleSimulations of(
      SimulatedMinibatch minibatch,
      SpikeTrain anyStep,
      Optional<SampleSimulations> silent,
      Supplier<Charges> charges,
      KernelProvider kernels) {
    FeatureShape shape = minibatch.shape();
    int shares = silent.isEmpty() ? 1 : mostShares(minibatch);
    return of(minibatch, currents(shape, anyStep, silent, charges), shares, kernels);
  }

  /** The same for currents that arrive as they are, one per neuron. */
  static SampleSimulations of(
      SimulatedMinibatch minibatch, DenseSpikeTrain anyStep, KernelProvider kernels) {
    FeatureShape shape = minibatch.shape();
    Currents currents = sample -> CurrentSimulation.of(anyStep.amplitudes(sample), shape);
    return of(minibatch, share -> currents, mostShares(minibatch), kernels);
  }

  private static SampleSimulations of(
      SimulatedMinibatch minibatch,
      Function<Share, Currents> currents,
      int shares,
      KernelProvider kernels) {
    FeatureShape shape = minibatch.shape();
    if (minibatch.dynamics() instanceof SpikingNeuron spiking) {
      KernelNeuron rule = KernelNeuron.of(spiking);
      int steps = minibatch.input().steps();
      return new SampleSimulations() {
        @Override
        public SampleSimulation newSimulation(Share share) {
          return new Kernel(
              new CurrentSimulation(shape, steps, true, rule, kernels, share),
              currents.apply(share));
        }

        @Override
        public void giveBack(Share share, SampleSimulation simulation) {
          ((Kernel) simulation).currents().giveBack(share);
        }

        @Override
        public int mostShares(SpikeTrain input) {
          return shares;
        }
      };
    }
    return share -> ofDefinition(minibatch, currents.apply(share));
  }

  /** The most shares of a sample that are worth a thread each, for its neurons. */
  static int mostShares(SimulatedMinibatch minibatch) {
    FeatureShape shape = minibatch.shape();
    double neurons = (double) shape.neurons() * minibatch.input().steps();
    return (int) Math.max(1, Math.min(shape.height(), neurons / NEURON_STEPS_OF_A_SHARE));
  }

  private static Function<Share, Currents> currents(
      FeatureShape shape,
      SpikeTrain anyStep,
      Optional<SampleSimulations> kernels,
      Supplier<Charges> charges) {
    return share -> {
      SampleSimulation silent =
          kernels.map(simulations -> simulations.newSimulation(share)).orElse(null);
      return silent instanceof SummingSimulation summing
          ? new Gathered(anyStep, kernels.get(), summing, BitLayout.of(shape).words(1))
          : charged(shape, anyStep, charges.get().get());
    };
  }

  /** Currents from kernels of silent neurons. */
  private record Gathered(
      SpikeTrain anyStep, SampleSimulations kernels, SummingSimulation silent, int[] words)
      implements Currents {

    @Override
    public CurrentSimulation.Source apply(int sample) {
      silent.run(new SampleRun(anyStep, sample, null, null, words, null));
      return silent;
    }

    @Override
    public void giveBack(Share share) {
      kernels.giveBack(share, silent);
    }
  }

  private static Currents charged(FeatureShape shape, SpikeTrain anyStep, StepCharge charge) {
    SpikeEvents events = new SpikeEvents(anyStep.shape());
    float[] current = new float[shape.neurons()];
    CurrentSimulation.Source source = CurrentSimulation.of(current, shape);
    return sample -> {
      Arrays.fill(current, 0);
      anyStep.read(sample, 0, events);
      charge.charge(events, current);
      return source;
    };
  }

  /** Any neurons under a constant current, by their definition. */
  private static SampleSimulation ofDefinition(SimulatedMinibatch minibatch, Currents currents) {
    SteppedNeurons neurons = new SteppedNeurons(minibatch.dynamics(), minibatch.shape());
    int channels = minibatch.shape().channels();
    float[] current = new float[minibatch.shape().neurons()];
    return run -> {
      CurrentSimulation.Source source = currents.apply(run.sample());
      for (int position = 0; position < minibatch.shape().positions(); position++) {
        source.copy(position, 0, channels, current, position * channels);
      }
      step(run, current, neurons);
    };
  }

  private static void step(SampleRun run, float[] current, SteppedNeurons neurons) {
    neurons.start(run.start());
    float[] charged = neurons.charged();
    for (int step = 0; step < run.input().steps(); step++) {
      for (int neuron = 0; neuron < charged.length; neuron++) {
        charged[neuron] += current[neuron];
      }
      neurons.requireFinite(step, run.sample());
      neurons.step(step, run.words());
    }
    neurons.end(run.end());
  }
}
