package org.dl4jsnn.internal.kernel;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * Makes a charge for each task, all of the same weights, and knows how large currents can be
 * without reading the weights again.
 *
 * @param tasks makes a charge for a task
 * @param bound for a magnitude that no amplitude exceeds one that no current exceeds
 */
public record Charges(Supplier<StepCharge> tasks, DoubleUnaryOperator bound)
    implements Supplier<StepCharge> {

  @Override
  public StepCharge get() {
    return tasks.get();
  }

  /**
   * How large the current of a step can be.
   *
   * @param amplitude a magnitude that no arriving amplitude exceeds
   * @return a magnitude that no current exceeds, nor any part of its sum
   */
  public double currentBound(double amplitude) {
    return bound.applyAsDouble(amplitude);
  }
}
