package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.internal.kernel.CurrentSimulation;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.Share;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;

/** Simulates neurons that are charged by currents as they arrive, one each. */
final class ArrivingCurrents implements SampleSimulation {

  private final FeatureShape shape;
  private final CurrentSimulation simulation;

  ArrivingCurrents(DenseSpikeTrain input, KernelNeuron rule, KernelProvider kernels, Share share) {
    this.shape = input.shape();
    this.simulation = new CurrentSimulation(shape, input.steps(), false, rule, kernels, share);
  }

  @Override
  public void run(SampleRun run) {
    float[] currents = ((DenseSpikeTrain) run.input()).amplitudes(run.sample());
    simulation.run(run, step -> CurrentSimulation.of(currents, step * shape.neurons(), shape));
  }
}
