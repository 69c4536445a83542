package org.dl4jsnn.neuron;

import java.io.Serializable;
import java.util.List;

/**
 * The only definition of a neuron: what it carries from step to step, when it fires, and its state
 * after a step (equations 2 to 5 of docs/mathematics.md). Every engine runs it, and every backprop
 * rule reads it.
 *
 * <pre>{@code
 * NeuronDynamics neuron = SpikingNeuron.leakyIntegrateAndFire(1, 0.9);
 * SpikingDense layer = new SpikingDense.Builder().nOut(100).neuron(neuron).build();
 * }</pre>
 *
 * <pre>
 *  charge  x₀ ← x₀ + c          by the engine: the current of the step is added to variable 0
 *  fire    s = 1 if v(x) &gt; 0     {@link #excess}
 *  reset   x ← r(x, s)          {@link #reset}, the leak included
 * </pre>
 *
 * <ul>
 *   <li>{@link SpikingNeuron}: (leaky) integrate-and-fire; engines have kernels for it.
 *   <li>{@link SynapticNeuron}: with a decaying synaptic current.
 *   <li>{@link AdaptiveNeuron}: with a threshold that every spike raises.
 *   <li>{@link AdLifNeuron}: with an adaptation that the membrane potential feeds, too.
 *   <li>{@link RefractoryNeuron}: with a refractory period after each spike.
 *   <li>{@link GradedNeuron}: none; the layer passes on its currents.
 *   <li>{@link IntegerNeuron}, {@link IntegerSynapticNeuron}, {@link IntegerAdaptiveNeuron}, {@link
 *       IntegerAdLifNeuron}, {@link IntegerRefractoryNeuron}: in whole numbers, as on digital
 *       chips.
 *   <li>A custom neuron: see docs/extend.md. With {@link DifferentiableDynamics} it can also be
 *       trained by rules that follow the membrane.
 * </ul>
 *
 * <p>An implementation is an immutable value, such as a record, that is saved with the network by
 * its class name and its fields. It needs {@code equals}. It must depend only on its settings and
 * the neurons it is given, so that results do not depend on the number of threads or on how a
 * window is cut into pieces.
 */
public interface NeuronDynamics extends Serializable {

  /**
   * {@return what a neuron carries from step to step, at least one variable; the same list at every
   * call} The current of a step is added to the first variable: the membrane potential or a
   * decaying synaptic current.
   */
  List<StateVariable> variables();

  /**
   * {@return the numbers in the neuron's equations, in the order of {@link Neurons#parameter};
   * empty for a neuron that does not expose its numbers}
   */
  default List<NeuronParameter> parameters() {
    return List.of();
  }

  /**
   * {@return the value that the membrane potential of a neuron at rest must exceed for the neuron
   * to fire, θ; positive and finite} It is the unit of everything measured in thresholds.
   */
  double threshold();

  /**
   * {@return whether the spikes stay the same if all currents and the threshold, and nothing else,
   * are multiplied by the same positive number; false by default} If so, a rule that knows how
   * spikes change with the currents also knows how they change with the threshold (equation 43 of
   * docs/mathematics.md).
   */
  default boolean scalesWithThreshold() {
    return false;
  }

  /**
   * {@return whether a layer passes on its currents as graded spikes, and neither charges membranes
   * nor fires; false by default}
   */
  default boolean passesCurrents() {
    return false;
  }

  /**
   * How far charged neurons are above their thresholds; neurons with a positive excess fire
   * (equation 3).
   *
   * @param neurons the neurons after charging; not to be written to
   * @param excess where to write v of every neuron
   */
  void excess(Neurons neurons, float[] excess);

  /**
   * What a step compares: membrane potentials, and the thresholds that they must exceed (equation
   * 3; a {@code LinearNeuron} may fire at the threshold itself). For probes and plots; engines use
   * {@link #excess}. By default the membrane potential is the variable of that name, or else what
   * is {@link #excess} above {@link #threshold}.
   *
   * @param neurons the neurons after charging; not to be written to
   * @param membrane where to write the membrane potential of every neuron
   * @param threshold where to write the threshold of every neuron
   */
  default void compare(Neurons neurons, float[] membrane, float[] threshold) {
    excess(neurons, threshold);
    int place = StateVariable.membrane(variables());
    float[] u = place < 0 ? null : neurons.variable(place);
    for (int i = 0; i < neurons.count(); i++) {
      float excess = threshold[i];
      membrane[i] = u == null ? (float) (excess + threshold()) : u[i];
      threshold[i] = (float) ((double) membrane[i] - excess);
      if (excess > 0 && threshold[i] >= membrane[i]) {
        // An excess smaller than the membrane's rounding is still one.
        threshold[i] = Math.nextDown(membrane[i]);
      }
    }
  }

  /**
   * Ends a step (equations 4 and 5): resets the neurons that fired, then lets all variables leak.
   *
   * @param neurons the neurons after charging, and which of them fired; on return, their state for
   *     the next step
   */
  void reset(Neurons neurons);
}
