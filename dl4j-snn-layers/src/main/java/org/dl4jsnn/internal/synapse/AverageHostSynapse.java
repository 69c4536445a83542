package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.kernel.BitmapAverage;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Charges;
import org.dl4jsnn.synapse.PoolingWindows;

/**
 * Average pooling.
 *
 * @param windows the windows over the input
 */
record AverageHostSynapse(PoolingWindows windows) implements HostSynapse {

  @Override
  public Charges charges() {
    PoolingGeometry geometry = new PoolingGeometry(windows);
    return new Charges(() -> new AverageCharge(geometry), this::currentBound);
  }

  @Override
  public double currentBound(double amplitude) {
    return windows.positions() * amplitude; // summed before it is divided
  }

  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    boolean served =
        input instanceof BinarySpikeTrain
            && windows.areTwoByTwo()
            && BitmapAverage.serves(rule)
            && beginsWithQuarters(start, input.minibatch());
    return served
        ? Optional.of(() -> new BitmapAverage(windows.input(), windows.output()))
        : Optional.empty();
  }

  private static boolean beginsWithQuarters(NeuronState start, int minibatch) {
    return start.isAtRest()
        || IntStream.range(0, minibatch)
            .allMatch(sample -> BitmapAverage.servesFrom(start.variable(sample, 0)));
  }
}
