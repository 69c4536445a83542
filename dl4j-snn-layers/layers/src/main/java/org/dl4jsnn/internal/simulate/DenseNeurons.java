package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.neuron.NeuronState;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The neurons of a minibatch behind the dense engine's currents.
 *
 * <ul>
 *   <li>{@link DenseSpikingNeurons}: (leaky) integrate-and-fire, on the backend.
 *   <li>{@link HostedNeurons}: any neuron by its definition, on the host.
 * </ul>
 */
interface DenseNeurons extends AutoCloseable {

  /**
   * Charges, fires and resets step by step.
   *
   * @param currents the currents of a block of steps, [steps · minibatch, …], step after step; may
   *     be written to
   * @param firstStep index of the first step
   */
  void fire(INDArray currents, int firstStep);

  /** The spikes of every sample, in the layout of BitLayout. */
  int[][] words();

  /** The state after the last step. */
  NeuronState state();

  @Override
  void close();
}
