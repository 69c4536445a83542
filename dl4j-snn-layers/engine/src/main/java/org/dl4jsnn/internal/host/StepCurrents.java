package org.dl4jsnn.internal.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.kernel.Share;
import org.dl4jsnn.internal.kernel.SummingSimulation;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The currents of every step, as graded spikes: each step is a window of its own for neurons that
 * never fire.
 */
final class StepCurrents {

  private final FeatureShape shape;

  StepCurrents(FeatureShape shape) {
    this.shape = shape;
  }

  /** Writes the currents of a step of a sample, in order of position and channel. */
  @FunctionalInterface
  private interface Task {
    void write(int sample, int step, float[] to, int at);
  }

  /**
   * The train of currents.
   *
   * @param kernels of neurons that never fire; empty if there are none
   */
  SpikeTrain of(
      SpikeTrain input, Optional<SampleSimulations> kernels, Supplier<StepCharge> charges) {
    SpikeTrain read = input.isConstant() ? input.ofAnyStep() : input;
    int steps = read.steps();
    SpikeTrainMemory.requireDense(read.minibatch(), shape, steps);
    SpikeTrain[] pieces = new SpikeTrain[steps];
    for (int step = 0; step < steps; step++) {
      pieces[step] = TrainPieces.of(read, step, 1);
    }
    float[][] amplitudes = new float[read.minibatch()][];
    List<SampleSimulation> used = Collections.synchronizedList(new ArrayList<>());
    ParallelSamples.run(
        amplitudes.length,
        () -> {
          Task task = kernels.map(made -> gathered(made, pieces, used)).orElse(null);
          Task any = task == null ? charged(charges.get(), read) : task;
          return sample -> {
            float[] values = new float[steps * shape.neurons()];
            for (int step = 0; step < steps; step++) {
              any.write(sample, step, values, step * shape.neurons());
            }
            amplitudes[sample] = values;
          };
        });
    kernels.ifPresent(made -> used.forEach(simulation -> made.giveBack(Share.WHOLE, simulation)));
    DenseSpikeTrain train = new DenseSpikeTrain(shape, steps, amplitudes);
    FiniteFlow.require(train.totals(), shape.neurons(), "currents that are too large");
    return input.isConstant() ? new RepeatedSpikeTrain(train, input.steps()) : train;
  }

  /** With kernels; null if their sums cannot be read. */
  private Task gathered(
      SampleSimulations kernels, SpikeTrain[] pieces, List<SampleSimulation> used) {
    SampleSimulation simulation = kernels.newSimulation(Share.WHOLE);
    used.add(simulation);
    if (!(simulation instanceof SummingSimulation summing)) {
      return null;
    }
    int[] words = BitLayout.of(shape).words(1);
    return (sample, step, to, at) -> {
      summing.run(new SampleRun(pieces[step], sample, null, null, words, null));
      for (int position = 0; position < shape.positions(); position++) {
        summing.copy(position, 0, shape.channels(), to, at + position * shape.channels());
      }
    };
  }

  private Task charged(StepCharge charge, SpikeTrain input) {
    SpikeEvents events = new SpikeEvents(input.shape());
    float[] current = new float[shape.neurons()];
    return (sample, step, to, at) -> {
      Arrays.fill(current, 0);
      input.read(sample, step, events);
      charge.charge(events, current);
      System.arraycopy(current, 0, to, at, current.length);
    };
  }
}
