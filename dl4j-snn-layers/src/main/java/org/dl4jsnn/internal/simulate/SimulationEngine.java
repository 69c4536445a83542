package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Simulates a layer of spiking neurons over a time window (equations 1 to 5 of
 * docs/mathematics.md). {@link Engines} chooses between
 *
 * <ul>
 *   <li>{@link EventDrivenEngine}: spike by spike, on the CPU; its cost goes with the number of
 *       spikes.
 *   <li>{@link ConstantCurrentEngine}: input that is the same at every step, on the CPU; its cost
 *       hardly goes with the number of steps.
 *   <li>{@link DenseEngine}: with ND4J's operations on whole arrays, on any backend; its cost is
 *       the same however few spikes there are.
 * </ul>
 *
 * {@link StepwiseEngine} serves neurons of {@linkplain org.dl4jsnn.neuron.NeuronDynamics dynamics
 * of one's own}.
 *
 * <p>All others fire the same spikes where the sums of weights are exact; otherwise they may round
 * a sum differently. Safe for threads.
 */
public interface SimulationEngine {

  /**
   * The name that the benchmark and, as far as it serves any input, {@value Engines#PROPERTY} know
   * it by.
   *
   * @return the name
   */
  String name();

  /**
   * Simulates one layer over the window of its input.
   *
   * @param synapse the synapses, charging
   * @param neuron the dynamics of the neurons
   * @param input the spikes of the layer before
   * @return the layer's spikes, with as many samples and steps
   * @throws IllegalArgumentException if a weight is not finite
   */
  SpikeTrain simulate(Synapse synapse, SpikingNeuron neuron, SpikeTrain input);
}
