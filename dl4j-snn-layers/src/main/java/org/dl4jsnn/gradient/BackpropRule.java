package org.dl4jsnn.gradient;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The backprop hook of a spiking layer: turns the gradient of the layer's firing rates into the
 * gradients of its weights and of its input's rates.
 *
 * <p>A rule is an immutable, serialisable value without memory of its own. Numbers that it adapts
 * and that a saved model must keep are scalars of the layer (see {@link #scalars}).
 *
 * <ul>
 *   <li>{@link SpatioTemporalBackprop}: through layers and time; the default.
 *   <li>{@code AsfBackprop} in dl4j-asf-bp: accumulated spiking flow, one slope a layer.
 *   <li>{@code RateBackprop} in dl4j-asf-bp: rates, one slope a neuron and sample.
 * </ul>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface BackpropRule extends Serializable {

  /**
   * The scalars that the rule keeps in every layer, in a fixed order. They become parameters of the
   * layer: saved, cloned and averaged with the weights, but neither regularised nor scaled by the
   * updater, nor taken from other workers under gradient sharing.
   *
   * @return name and initial value of each; empty for none
   */
  default Map<String, Double> scalars() {
    return Map.of();
  }

  /**
   * Whether the rule learns from the gradient of every single spike. Layers above that know it
   * leave it with {@link LayerPass#spikeGradient}; otherwise they need not make it.
   *
   * @return false if the gradient of firing rates is all that the rule reads
   */
  default boolean isTimeResolved() {
    return false;
  }

  /**
   * Whether the rule learns the weights of a layer whose neurons reach one another ({@link
   * org.dl4jsnn.synapse.Recurrence}).
   *
   * @return false if it takes a layer for a map from the spikes that arrive to those that leave,
   *     which a recurrent layer is not; such a layer refuses the rule
   */
  default boolean learnsRecurrence() {
    return false;
  }

  /**
   * Whether the rule goes by {@link LayerPass#epoch}. Then a layer warns where training goes on
   * without the epoch being counted.
   *
   * @return false if epochs are nothing to the rule
   */
  default boolean countsEpochs() {
    return false;
  }

  /**
   * Whether the gradient ends where a neuron fires at every step, whose rate cannot rise.
   *
   * @return false where it goes on, so that a loss that always asks for more drives rates up to one
   *     spike a step
   */
  default boolean endsAtSaturation() {
    return true;
  }

  /**
   * Whether the rule goes by {@link LayerPass#gate} and {@link LayerPass#flowSums}. Then the layer
   * gathers them in a forward pass of training, where it costs least.
   *
   * @return false if the rule does not call them; if it does, the answer alone is slower
   */
  default boolean gatesFlow() {
    return false;
  }

  /**
   * Why the rule cannot find the gradient of a parameter of the neurons, such as their leak. A
   * layer that is to learn it is refused with the reason.
   *
   * @param neuron the neurons
   * @param parameter one of their parameters, as {@link org.dl4jsnn.neuron.NeuronParameter#LEAK}
   *     names them
   * @return the reason, a sentence without its full stop; empty for a rule that hands the gradient
   *     to {@link LayerPass#learn}
   */
  default Optional<String> whyNotLearned(NeuronDynamics neuron, String parameter) {
    return Optional.of("The rule finds no gradients of neurons' parameters");
  }

  /**
   * Whether the rule keeps anything of a simulation.
   *
   * @return false if {@link #observe} has nothing to look at
   */
  default boolean isObserving() {
    return false;
  }

  /**
   * Looks at a layer's simulation of a minibatch: right after it in a training pass, and before the
   * backward pass of a layer that is frozen but passes gradients on. Called for {@linkplain
   * #isObserving observing} rules only.
   *
   * @param window what was simulated; valid until the weights change
   * @return what {@link LayerPass#observation} is to return in the backward pass
   */
  default Observation observe(SimulatedWindow window) {
    return Observation.NONE;
  }

  /**
   * The backward pass of one layer. Must end in one call of {@link LayerPass#propagate} or {@link
   * InputGradient#finish}.
   *
   * @param pass the layer's forward pass over this minibatch, with neurons
   * @param rateGradient the loss's gradient with respect to the layer's firing rates, [minibatch,
   *     …] in the layer's shape; not to be written to
   * @return what this call returned
   */
  INDArray backprop(LayerPass pass, INDArray rateGradient);
}
