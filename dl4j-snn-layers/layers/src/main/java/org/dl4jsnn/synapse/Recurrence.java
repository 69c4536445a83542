package org.dl4jsnn.synapse;

import java.util.Optional;
import org.dl4jsnn.Internal;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.spike.SpikeEvents;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The synapses from the neurons of a layer back to the same layer, with their current weights
 * (equation 44 of docs/mathematics.md). A spike arrives one step later: its current is added to the
 * first state variable after the reset of the step in which it was fired. The state of the neurons
 * is therefore all that a stream hands on between pieces.
 *
 * <p>{@link #NONE}, {@link #full}, {@link #oneToOne}. Immutable and thread-safe.
 */
public interface Recurrence extends RecurrentCharge {

  /** For a layer without recurrent connections. */
  Recurrence NONE = new NoRecurrence();

  /**
   * Every neuron reaches every neuron of its layer, itself included: c_j += Σ_i s_i · V_ij.
   *
   * @param weights V, [n, n], from the row's neuron to the column's
   * @return the recurrence
   * @throws IllegalArgumentException if a weight is not finite
   */
  static Recurrence full(INDArray weights) {
    return new FullRecurrence(weights);
  }

  /**
   * Every neuron reaches itself: c_i += s_i · V_i.
   *
   * @param weights V, [n]
   * @return the recurrence
   * @throws IllegalArgumentException if a weight is not finite
   */
  static Recurrence oneToOne(INDArray weights) {
    return new OneToOneRecurrence(weights);
  }

  /**
   * The backward pass: adds to the gradient of every spike its share from the currents one step
   * later.
   *
   * @param currentGradient the loss's gradient with respect to the currents of the step after
   * @param spikeGradient that with respect to the spikes of this step; added to
   */
  void feedBack(double[] currentGradient, double[] spikeGradient);

  /**
   * The same in single precision.
   *
   * @param currentGradient the loss's gradient with respect to the currents of the step after
   * @param spikeGradient that with respect to the spikes of this step; added to
   */
  void feedBack(float[] currentGradient, float[] spikeGradient);

  /**
   * The same for graded events, as a part of the gradient of the currents.
   *
   * @param currentGradient the events
   * @param spikeGradient that with respect to the spikes of the step before; added to
   */
  @Internal
  void feedBack(SpikeEvents currentGradient, float[] spikeGradient);

  /**
   * Adds what several steps' spikes send: the sum over those steps.
   *
   * @param spikes for every neuron the number of its spikes, [rows, n]
   * @param current the accumulated currents, [rows, n]; added to
   */
  void accumulate(INDArray spikes, INDArray current);

  /**
   * The gradient of the recurrent weights.
   *
   * @param before the spikes of the step before, [rows, n]
   * @param currentGradient the loss's gradient with respect to the currents, [rows, n]
   * @param weightGradient where to write the gradient
   */
  void backprop(INDArray before, INDArray currentGradient, INDArray weightGradient);

  /**
   * The number of neurons that each neuron reaches.
   *
   * @param neurons number of neurons in the layer
   * @return the number of weights that a spike adds at the next step
   */
  int fanOut(int neurons);

  /** {@return the kind of recurrence as the runtime without ND4J knows it; empty if it has none} */
  @Internal
  default Optional<RecurrenceKind> compact() {
    return Optional.empty();
  }
}
