package org.dl4jsnn.neuron;

/**
 * A neuron that knows its local derivatives, so that rules that follow the membrane can train its
 * layer: spatio-temporal backpropagation and rate-based backpropagation (equations 13, 14, 21 and
 * 22 of docs/mathematics.md). What a spike's own derivative is, the rule's surrogate says.
 */
public interface DifferentiableDynamics extends NeuronDynamics {

  /**
   * The derivatives of {@link #excess} and {@link #reset} at a charged state.
   *
   * @param at some neurons after charging, and where to write the derivatives
   */
  void differentiate(LocalDerivatives at);

  /**
   * The derivatives of the same by the neuron's parameters, of which the learnable ones must be
   * written. Called where a layer learns one, after {@link #differentiate}.
   *
   * @param at the same neurons, and where to write the derivatives
   * @throws IllegalStateException if the neuron knows none
   */
  default void differentiateByParameters(LocalDerivatives at) {
    throw new IllegalStateException(
        "a neuron with learned parameters must give its derivatives by them, got none of " + this);
  }

  /**
   * Whether what a spike does to a state variable is a reset, which rules may detach, as {@link
   * org.dl4jsnn.gradient.SpatioTemporalBackprop} does where it is a hard one. Otherwise gradients
   * go through it always.
   *
   * @param variable which, as {@link #variables} counts them
   * @return true unless the neuron knows better
   */
  default boolean isResetBySpike(int variable) {
    return true;
  }

  /**
   * Whether a spike takes something off the state and leaves what is above, as a reset by
   * subtraction does. Unless told otherwise, {@link org.dl4jsnn.gradient.SpatioTemporalBackprop}
   * goes back through such resets, and not through those that set the state to a value.
   *
   * @return true for a reset by subtraction
   */
  default boolean keepsExcessAtReset() {
    return false;
  }
}
