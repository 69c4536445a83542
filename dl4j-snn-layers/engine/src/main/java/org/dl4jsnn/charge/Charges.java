package org.dl4jsnn.charge;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * Synapses as charges of single steps, with their current weights.
 *
 * @param tasks makes a charge for a task
 * @param bound maps a bound on the amplitudes to a bound on the current of a step and on every
 *     partial sum of it
 */
public record Charges(Supplier<StepCharge> tasks, DoubleUnaryOperator bound)
    implements Supplier<StepCharge> {

  /**
   * Charges without a known bound, so that every membrane is checked.
   *
   * @param tasks makes a charge for a task
   */
  public Charges(Supplier<StepCharge> tasks) {
    this(tasks, amplitude -> Double.POSITIVE_INFINITY);
  }

  @Override
  public StepCharge get() {
    return tasks.get();
  }

  /**
   * A bound on the current of a step.
   *
   * @param amplitude a magnitude that no arriving amplitude exceeds
   * @return a magnitude that no current and no partial sum of it exceeds
   */
  public double currentBound(double amplitude) {
    return bound.applyAsDouble(amplitude);
  }
}
