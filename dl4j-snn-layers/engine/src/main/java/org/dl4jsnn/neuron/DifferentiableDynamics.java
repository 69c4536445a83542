package org.dl4jsnn.neuron;

/**
 * A neuron with known local derivatives. Its layer can be trained by rules that follow the
 * membrane: spatio-temporal backpropagation and rate-based backpropagation (equations 13, 14, 21
 * and 22 of docs/mathematics.md). The derivative of the spike itself comes from the rule's
 * surrogate.
 */
public interface DifferentiableDynamics extends NeuronDynamics {

  /**
   * The derivatives of {@link #excess} and {@link #reset} at a charged state.
   *
   * @param at a block of neurons after charging, and where to write the derivatives
   */
  void differentiate(LocalDerivatives at);

  /**
   * The derivatives of excess and reset with respect to the neuron's parameters; those of the
   * learnable ones must be written. Called after {@link #differentiate} if a layer learns a
   * parameter.
   *
   * @param at the same neurons, and where to write the derivatives
   * @throws IllegalStateException if the neuron does not define them
   */
  default void differentiateByParameters(LocalDerivatives at) {
    throw new IllegalStateException(
        "a neuron with learned parameters must give its derivatives by them, got none of " + this);
  }

  /**
   * Whether the effect of a spike on a state variable is a reset. Rules may detach a reset, as
   * spatio-temporal backpropagation does with hard ones. Otherwise gradients always go through it.
   *
   * @param variable which, as {@link #variables} counts them
   * @return true by default
   */
  default boolean isResetBySpike(int variable) {
    return true;
  }

  /**
   * {@return whether a spike subtracts from the state and keeps the excess, as a reset by
   * subtraction does} By default spatio-temporal backpropagation propagates gradients through such
   * resets, but not through those that set the state to a value.
   */
  default boolean keepsExcessAtReset() {
    return false;
  }
}
