package org.dl4jsnn.gradient;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The backprop hook of a spiking layer: turns the gradient of the layer's firing rates into the
 * gradients of its weights and of its input's rates.
 *
 * <p>A rule is an immutable, serialisable value without state. Numbers that it adapts and that a
 * saved model must keep are scalars of the layer (see {@link #scalars}).
 *
 * <ul>
 *   <li>{@link SpatioTemporalBackprop}: through layers and time; the default.
 *   <li>{@code AsfBackprop} in dl4j-asf-bp: accumulated spiking flow, one slope per layer.
 *   <li>{@code RateBackprop} in dl4j-asf-bp: rates, one slope per neuron and sample.
 * </ul>
 */
public interface BackpropRule extends Serializable {

  /**
   * {@return the scalars that the rule keeps in every layer, in a fixed order: name and initial
   * value of each; empty for none} They become parameters of the layer. They are saved, cloned and
   * averaged with the weights, but not regularised, not scaled by the updater, and not taken from
   * other workers under gradient sharing.
   */
  default Map<String, Double> scalars() {
    return Map.of();
  }

  /**
   * {@return whether the rule learns from the gradient of every single spike; false if the rule
   * reads only the gradient of firing rates} If it does, layers above that know this gradient leave
   * it for {@link LayerPass#spikeGradient}; otherwise they do not compute it.
   */
  default boolean isTimeResolved() {
    return false;
  }

  /**
   * {@return whether the rule learns the weights of a layer whose neurons are connected to one
   * another ({@link org.dl4jsnn.synapse.Recurrence}); false if it treats a layer as a map from
   * arriving to leaving spikes, which a recurrent layer is not; a recurrent layer refuses such a
   * rule}
   */
  default boolean learnsRecurrence() {
    return false;
  }

  /**
   * {@return whether the rule uses {@link LayerPass#epoch}; false if the rule ignores epochs} If it
   * does, a layer warns if training continues without epochs being counted.
   */
  default boolean countsEpochs() {
    return false;
  }

  /**
   * {@return whether the gradient is zero for a neuron that fires at every step, whose rate cannot
   * rise; false if it is not; a loss that is never satisfied then drives rates up to one spike per
   * step}
   */
  default boolean endsAtSaturation() {
    return true;
  }

  /**
   * {@return whether the rule uses {@link LayerPass#gate} and {@link LayerPass#flowSums}; false if
   * the rule does not call them; a rule that returns false may still call them, but more slowly} If
   * it does, the layer gathers them in the forward pass of training, where they cost least.
   */
  default boolean gatesFlow() {
    return false;
  }

  /**
   * Why the rule cannot compute the gradient of a parameter of the neurons, such as their leak. A
   * layer that should learn the parameter is refused with this reason.
   *
   * @param neuron the neurons
   * @param parameter the name of one of their parameters, such as {@link
   *     org.dl4jsnn.neuron.NeuronParameter#LEAK}
   * @return the reason, a sentence without a full stop; empty if the rule passes the gradient to
   *     {@link LayerPass#learn}
   */
  default Optional<String> whyNotLearned(NeuronDynamics neuron, String parameter) {
    return Optional.of("The rule finds no gradients of neurons' parameters");
  }

  /**
   * {@return whether the rule keeps anything from a simulation; false if {@link #observe} need not
   * be called}
   */
  default boolean isObserving() {
    return false;
  }

  /**
   * Observes a layer's simulation of a minibatch. Called only for {@linkplain #isObserving
   * observing} rules: right after the simulation in a training pass, and before the backward pass
   * of a frozen layer that passes gradients on.
   *
   * @param window the simulation; valid until the weights change
   * @return what {@link LayerPass#observation} returns in the backward pass; must hold only Java
   *     objects or arrays outside workspaces
   */
  default Object observe(SimulatedWindow window) {
    return null;
  }

  /**
   * What looks wrong about learning a layer by this rule, though it is possible. The layer logs it
   * once, in its first pass of training.
   *
   * @param window the layer's simulation of a minibatch
   * @return a sentence without a full stop, with the likely cause and the cure; empty if nothing
   *     does
   */
  default Optional<String> doubt(SimulatedWindow window) {
    return Optional.empty();
  }

  /**
   * The backward pass of one layer. Must end in one call of {@link LayerPass#propagate} or {@link
   * InputGradient#finish}.
   *
   * @param pass the forward pass, over this minibatch, of a layer with neurons
   * @param rateGradient the loss's gradient with respect to the layer's firing rates, [minibatch,
   *     …] in the layer's shape; not to be written to
   * @return the result of that call
   */
  INDArray backprop(LayerPass pass, INDArray rateGradient);
}
