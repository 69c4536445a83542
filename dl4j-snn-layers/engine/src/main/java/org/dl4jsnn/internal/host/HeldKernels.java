package org.dl4jsnn.internal.host;

import java.util.List;
import org.dl4jsnn.internal.kernel.SampleRun;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.kernel.Share;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Simulates weighted layers of neurons at rest under a constant current: it is summed once, and the
 * neurons then run through all steps with their membranes in registers ({@code ColumnKernel.hold}).
 *
 * @param anyStep the input of any step, as a window of one
 */
record HeldKernels(SampleSimulations kernels, SimulatedMinibatch minibatch, SpikeTrain anyStep)
    implements SampleSimulations {

  /** The simulation of a layer under the current of any step. */
  private record Held(SampleSimulation simulation, SpikeTrain anyStep) implements SampleSimulation {

    @Override
    public void run(SampleRun run) {
      simulation.run(run.holding(anyStep));
    }

    @Override
    public void run(List<SampleRun> runs) {
      simulation.run(runs.stream().map(run -> run.holding(anyStep)).toList());
    }
  }

  @Override
  public SampleSimulation newSimulation(Share share) {
    return new Held(kernels.newSimulation(share), anyStep);
  }

  @Override
  public void giveBack(Share share, SampleSimulation simulation) {
    kernels.giveBack(share, ((Held) simulation).simulation());
  }

  @Override
  public int samplesAtOnce() {
    return kernels.samplesAtOnce();
  }

  @Override
  public int mostShares(SpikeTrain input) {
    return Math.max(kernels.mostShares(anyStep), ConstantCurrents.mostShares(minibatch));
  }
}
