package org.dl4jsnn.internal.synapse;

import java.util.Arrays;
import org.dl4jsnn.internal.kernel.CurrentSimulation;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.Share;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Simulates neurons that are charged by graded spikes as they are, one each. */
final class ArrivingCurrents implements SampleSimulation {

  private final FeatureShape shape;
  private final CurrentSimulation simulation;
  private final SpikeEvents events;

  /** The amplitudes of a sample, of trains that do not hold them so. */
  private final float[] amplitudes;

  ArrivingCurrents(SpikeTrain input, KernelNeuron rule, KernelProvider kernels, Share share) {
    this.shape = input.shape();
    this.simulation = new CurrentSimulation(shape, input.steps(), false, rule, kernels, share);
    boolean isDense = input instanceof DenseSpikeTrain;
    this.events = isDense ? null : new SpikeEvents(shape);
    this.amplitudes = new float[isDense ? 0 : Math.multiplyExact(shape.neurons(), input.steps())];
  }

  @Override
  public void run(SampleRun run) {
    float[] values =
        run.input() instanceof DenseSpikeTrain dense
            ? dense.amplitudes(run.sample())
            : read(run.input(), run.sample());
    simulation.run(run, step -> CurrentSimulation.of(values, step * shape.neurons(), shape));
  }

  private float[] read(SpikeTrain input, int sample) {
    Arrays.fill(amplitudes, 0);
    for (int step = 0; step < input.steps(); step++) {
      input.read(sample, step, events);
      int first = step * shape.neurons();
      for (int e = 0; e < events.size(); e++) {
        amplitudes[first + events.neuron(e)] = events.amplitude(e);
      }
    }
    return amplitudes;
  }
}
