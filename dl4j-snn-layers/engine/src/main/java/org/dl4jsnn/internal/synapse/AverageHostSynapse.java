package org.dl4jsnn.internal.synapse;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.kernel.BitmapAverage;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Average pooling.
 *
 * @param windows the windows over the input
 */
record AverageHostSynapse(PoolingWindows windows) implements HostSynapse {

  @Override
  public boolean isWeighted() {
    return false;
  }

  @Override
  public Charges charges(RowAdder adder) {
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
    if (!(input instanceof BinarySpikeTrain) || !windows.areTwoByTwo()) {
      return Optional.empty();
    }
    List<double[]> membranes =
        start.isAtRest()
            ? List.of()
            : IntStream.range(0, input.minibatch())
                .mapToObj(sample -> start.variable(sample, 0))
                .toList();
    return BitmapAverage.of(windows.input(), windows.output(), rule, input.steps(), membranes);
  }
}
