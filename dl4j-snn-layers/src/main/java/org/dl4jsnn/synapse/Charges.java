package org.dl4jsnn.synapse;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * Synapses as charges of single steps, with their weights of the moment.
 *
 * @param tasks makes a charge for a task
 * @param bound for a magnitude that no amplitude exceeds one that no current of a step exceeds, nor
 *     any part of its sum
 */
public record Charges(Supplier<StepCharge> tasks, DoubleUnaryOperator bound)
    implements Supplier<StepCharge> {

  /**
   * Charges of which nobody says how large they are, so that every membrane is looked at.
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
   * How large the current of a step can be.
   *
   * @param amplitude a magnitude that no arriving amplitude exceeds
   * @return a magnitude that no current exceeds, nor any part of its sum
   */
  public double currentBound(double amplitude) {
    return bound.applyAsDouble(amplitude);
  }
}
