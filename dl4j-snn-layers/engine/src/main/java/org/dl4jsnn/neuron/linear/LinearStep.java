package org.dl4jsnn.neuron.linear;

import java.io.Serializable;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * A step of a decaying quantity: the membrane potential or a synaptic current (equation 61 of
 * docs/mathematics.md). Each parameter has one number for all neurons or one per neuron.
 *
 * @param integration the order of computation
 * @param gain g, the factor of the input
 * @param decay a
 * @param rest L
 * @param initial the quantity before the first step
 * @serial exclude
 */
public record LinearStep(
    Integration integration,
    List<Double> gain,
    List<Double> decay,
    List<Double> rest,
    List<Double> initial)
    implements Serializable {

  /**
   * A step.
   *
   * @param integration the order of computation
   * @param gain g
   * @param decay a
   * @param rest L
   * @param initial the quantity before the first step
   * @throws IllegalArgumentException if an argument is null
   */
  public LinearStep {
    Require.given("integration", integration);
    gain = List.copyOf(Require.given("gain", gain));
    decay = List.copyOf(Require.given("decay", decay));
    rest = List.copyOf(Require.given("rest", rest));
    initial = List.copyOf(Require.given("initial", initial));
  }
}
