package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Simulates a layer of spiking neurons over a time window (equations 1 to 5 of
 * docs/mathematics.md). {@link Engines} chooses between
 *
 * <ul>
 *   <li>{@link EventDrivenEngine}: spike by spike, on the CPU; its cost grows with the number of
 *       spikes.
 *   <li>{@link ConstantCurrentEngine}: input that is the same at every step, on the CPU; its cost
 *       hardly grows with the number of steps.
 *   <li>{@link DenseEngine}: with ND4J's operations on whole arrays, on any backend; its cost does
 *       not depend on the number of spikes.
 * </ul>
 *
 * All fire the same spikes if sums of weights are exact; otherwise they may round a sum
 * differently. <b>The law of pieces</b>: an engine fires the same spikes, bit for bit, whether a
 * window comes in one piece or in several that hand on their state. Thread-safe.
 */
public interface SimulationEngine {

  /**
   * Simulates one layer over a window, or over a piece of it.
   *
   * @param kept what to record besides the spikes
   * @return the layer's spikes, with the same number of samples and steps, and the recorded data
   * @throws IllegalArgumentException if a weight is not finite, the state does not fit these
   *     neurons, or a membrane potential overflows single precision
   */
  SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Retention kept);

  /** Simulates one layer over a whole window, from rest; returns its spikes. */
  default SpikeTrain simulate(Synapse synapse, NeuronDynamics neuron, SpikeTrain input) {
    return simulate(synapse, neuron, NeuronState.atRest(), input, Retention.NOTHING).spikes();
  }
}
