package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.kernel.CurrentSimulation;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.Share;
import org.dl4jsnn.internal.kernel.SummingSimulation;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;

/** Simulates neurons that are charged by currents as they arrive, one each. */
final class ArrivingCurrents implements SummingSimulation {

  private final FeatureShape shape;
  private final CurrentSimulation simulation;

  /** Of the sample that ran last. */
  private CurrentSimulation.Source last;

  ArrivingCurrents(DenseSpikeTrain input, KernelNeuron rule, KernelProvider kernels, Share share) {
    this.shape = input.shape();
    this.simulation = new CurrentSimulation(shape, input.steps(), false, rule, kernels, share);
  }

  @Override
  public void run(SampleRun run) {
    float[] currents = ((DenseSpikeTrain) run.input()).amplitudes(run.sample());
    last = CurrentSimulation.of(currents, shape);
    simulation.run(run, step -> CurrentSimulation.of(currents, step * shape.neurons(), shape));
  }

  @Override
  public void copy(int position, int firstChannel, int channels, float[] to, int at) {
    last.copy(position, firstChannel, channels, to, at);
  }
}
