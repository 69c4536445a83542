package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Keeps a layer's prepared weights from one inference to the next. ND4J does not tell when a value
 * of an array changes, so every pass compares the weights that it will use with those that were
 * prepared, which takes a fraction of the time of preparing them. Not thread-safe, as a network is
 * not.
 */
public final class PreparedLayer implements HostLayers {

  private FeatureShape input;
  private HostSynapse synapse;
  private NeuronDynamics neuron;
  private KernelProvider kernels;

  /** Null before the first pass. */
  private HostLayer layer;

  @Override
  public HostLayer of(
      Synapse current,
      RecurrentCharge recurrence,
      NeuronDynamics dynamics,
      KernelProvider provider,
      SpikeTrain train) {
    if (!recurrence.isNone()) {
      return FRESH.of(current, recurrence, dynamics, provider, train);
    }
    if (layer == null
        || provider != kernels
        || !current.inputShape().equals(input)
        || !dynamics.equals(neuron)
        || !HostSynapses.isUnchanged(synapse, current, train)) {
      layer = null; // no longer needed, and large
      synapse = null;
      synapse = HostSynapses.of(current);
      input = current.inputShape();
      neuron = dynamics;
      kernels = provider;
      layer = new HostLayer(synapse, recurrence, current.outputShape(), dynamics, provider);
    }
    return layer;
  }
}
