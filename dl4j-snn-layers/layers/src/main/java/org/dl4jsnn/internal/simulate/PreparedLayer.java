package org.dl4jsnn.internal.simulate;

import java.util.Optional;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;

/**
 * Keeps a layer's prepared weights from one inference to the next. ND4J does not tell when a value
 * of an array changes, so every pass compares the weights that it will use with those that were
 * prepared, which takes a fraction of the time of preparing them, or reads them where they are
 * ({@link RowCurrents}). Not thread-safe, as a network is not.
 */
public final class PreparedLayer implements HostLayers {

  /** The synapses that were prepared last; null before the first pass. */
  private Synapse connections;

  private HostSynapse synapse;
  private NeuronDynamics neuron;
  private KernelProvider kernels;
  private HostLayer layer;

  @Override
  public HostLayer of(
      Synapse current,
      RecurrentCharge recurrence,
      NeuronDynamics dynamics,
      KernelProvider provider,
      SpikeTrain train) {
    if (layer != null) {
      synapse = layer.dropCopy();
    }
    boolean sameWeights =
        connections != null
            && WeightComparison.connectAlike(connections, current)
            && WeightComparison.isUnchanged(synapse, current, train);
    if (sameWeights && provider == kernels && hasNoKernels(recurrence, dynamics)) {
      neuron = null; // which may change at every pass, as recurrent weights may
      layer = layer.with(recurrence, dynamics);
      return layer;
    }
    if (sameWeights && provider == kernels && dynamics.equals(neuron)) {
      return layer;
    }
    layer = null; // large, like the weights
    if (!sameWeights) {
      connections = null;
      synapse = null;
      synapse = HostSynapses.of(current);
      connections = current;
    }
    neuron = recurrence.isNone() ? dynamics : null;
    kernels = provider;
    layer = new HostLayer(synapse, recurrence, current.outputShape(), dynamics, provider);
    return layer;
  }

  /** Reads the rows of a fully connected layer where they are, if that gives the same bits. */
  @Override
  public SimulationResult simulateSpikes(
      Synapse current,
      RecurrentCharge recurrence,
      NeuronDynamics dynamics,
      KernelProvider provider,
      NeuronState start,
      SpikeTrain input,
      Retention kept) {
    boolean isSame =
        layer != null
            && recurrence.isNone()
            && dynamics.equals(neuron)
            && provider == kernels
            && WeightComparison.connectAlike(connections, current);
    if (isSame
        && start.isAtRest()
        && kept != Retention.FLOW
        && current instanceof DenseSynapse dense
        && dynamics instanceof SpikingNeuron spiking
        && layer.dropCopy() instanceof WeightedHostSynapse known) {
      Optional<float[]> currents = RowCurrents.of(dense, known, spiking, provider, input);
      if (currents.isPresent()) {
        return layer.simulateCurrents(currents.get(), input, kept);
      }
    }
    return of(current, recurrence, dynamics, provider, input).simulateSpikes(start, input, kept);
  }

  private static boolean hasNoKernels(RecurrentCharge recurrence, NeuronDynamics dynamics) {
    boolean hasKernels = dynamics instanceof SpikingNeuron || dynamics.passesCurrents();
    return !recurrence.isNone() || !hasKernels;
  }
}
