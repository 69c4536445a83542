package org.dl4jsnn.neuron;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The one definition of a neuron: what it carries from step to step, when it fires, and what is
 * left afterwards (equations 2 to 5 of docs/mathematics.md). Every engine runs it, and every
 * backprop rule reads it.
 *
 * <pre>
 *  charge  x₀ ← x₀ + c          by the engine: the current of the step is added to variable 0
 *  fire    s = 1 where v(x) &gt; 0  {@link #excess}
 *  reset   x ← r(x, s)          {@link #reset}, the leak included
 * </pre>
 *
 * <ul>
 *   <li>{@link SpikingNeuron}: (leaky) integrate-and-fire; engines have kernels for it.
 *   <li>{@link SynapticNeuron}: with a synaptic current that decays by itself.
 *   <li>{@link AdaptiveNeuron}: with a threshold that every spike raises.
 *   <li>{@link RefractoryNeuron}: with steps without a spike after each.
 *   <li>{@link IntegerNeuron}: of whole numbers, as digital chips have it.
 *   <li>A custom neuron: see docs/extend.md. With {@link DifferentiableDynamics} it is trained by
 *       rules that follow the membrane, too.
 * </ul>
 *
 * <p>An implementation is an immutable value, serialised with the network by its class name: public
 * fields or getters that Jackson finds, and {@code equals}. It must depend on nothing but its
 * settings and the neurons it is given, so that results are the same for any number of threads and
 * however a window is cut into pieces.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface NeuronDynamics extends Serializable {

  /**
   * What a neuron carries from step to step. The current of a step is added to the first variable:
   * the membrane potential, or a synaptic current that decays by itself.
   *
   * @return at least one variable, always the same
   */
  List<StateVariable> variables();

  /**
   * The numbers in the neuron's equations, in the order in which {@link Neurons#parameter} counts
   * them.
   *
   * @return the parameters; none for a neuron that keeps its numbers to itself
   */
  default List<NeuronParameter> parameters() {
    return List.of();
  }

  /**
   * What the membrane potential of a neuron that has rested must exceed. The scale of everything
   * that is measured in thresholds.
   *
   * @return θ; positive and finite
   */
  double threshold();

  /**
   * Whether the spikes stay the same where all currents and the threshold are multiplied by the
   * same positive number, and nothing else is. Then a rule that knows how spikes change with the
   * currents knows how they do with the threshold (equation 43 of docs/mathematics.md).
   *
   * @return false unless the neuron knows better
   */
  default boolean scalesWithThreshold() {
    return false;
  }

  /**
   * How far charged neurons are above their thresholds; those above 0 fire (equation 3).
   *
   * @param neurons the neurons after charging; not to be written to
   * @param excess where to write v of every neuron
   */
  void excess(Neurons neurons, float[] excess);

  /**
   * What a step leaves behind (equations 4 and 5): resets the neurons that fired, then lets all
   * variables leak.
   *
   * @param neurons the neurons after charging, and which of them fired; afterwards as they begin
   *     the next step
   */
  void reset(Neurons neurons);
}
