package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Require;

/**
 * One of the numbers that a neuron carries from step to step, such as its membrane potential.
 *
 * @param name its name, as in messages and plots
 * @param initial its value before the first step; finite in single precision
 */
public record StateVariable(String name, double initial) {

  /** The name of the membrane potential, for the neurons that have one. */
  public static final String MEMBRANE = "membrane";

  /** The name of a variable that only takes the current of a step; 0 at the start of each. */
  public static final String INPUT = "input";

  /**
   * Checks the values.
   *
   * @param name its name
   * @param initial its value before the first step
   * @throws IllegalArgumentException if the name is missing or the value is not finite
   */
  public StateVariable {
    Require.given("name of a state variable", name);
    Require.finite("initial " + name, initial);
    Require.finite("initial " + name + " in single precision", (float) initial);
  }

  /**
   * {@return the index of the membrane potential; −1 if no variable has that name}
   *
   * @param variables a neuron's variables
   */
  @Internal
  public static int membrane(List<StateVariable> variables) {
    return variables.stream().map(StateVariable::name).toList().indexOf(MEMBRANE);
  }
}
