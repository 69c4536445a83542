package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.kernel.InputSums;
import org.dl4jsnn.internal.kernel.WeightSums;

/**
 * The adjoint of synapses, event by event (equation 9 of docs/mathematics.md at every step): the
 * cost is proportional to the number of events. Thread-safe.
 */
public interface SynapseAdjoint {

  /** The synapses forwards, for a task that replays whole windows. */
  TrainCharge newCharge();

  /**
   * Sums of the gradient of the inputs, to which graded events of the currents' are added; of an
   * adjoint that was made for them.
   */
  InputSums newInputSums();

  /**
   * Disjoint windows whose inputs have one gradient each, if there are any: the {@link
   * #newInputSums} are those of windows then, not of inputs.
   */
  default Optional<PoolingWindows> sharedInputs() {
    return Optional.empty();
  }

  /** An array for the sums of the gradient of the weights; empty without weights. */
  float[] newSums();

  /**
   * Adds up the gradient of the weights for a task.
   *
   * @param steps the length of the window
   */
  WeightSums newWeightSums(int steps);

  /**
   * Writes sums in the order of the parameter.
   *
   * @param sums as the {@link #newWeightSums} added them up
   * @param gradient as long as the parameter
   */
  void collect(float[] sums, float[] gradient);
}
