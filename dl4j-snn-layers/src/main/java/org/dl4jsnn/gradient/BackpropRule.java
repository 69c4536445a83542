package org.dl4jsnn.gradient;

import java.io.Serializable;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The backprop hook of a spiking layer: turns the gradient of the layer's firing rates into the
 * gradients of its weights and of its input's rates.
 *
 * <p>A rule is an immutable, serialisable value without memory of its own. Numbers that it adapts
 * and that a saved model must keep are scalars of the layer (see {@link #scalars}).
 *
 * <p>Implementations: {@code AsfBackprop} in dl4j-asf-bp (accumulated spiking flow).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface BackpropRule extends Serializable {

  /**
   * The scalars that the rule keeps in every layer, in a fixed order. They become parameters of the
   * layer: saved, cloned and averaged with the weights, but neither regularised nor scaled by the
   * updater.
   *
   * @return name and initial value of each; empty for none
   */
  Map<String, Double> scalars();

  /**
   * The backward pass of one layer. Must end in one call of {@link LayerPass#propagate}.
   *
   * @param pass the layer's forward pass over this minibatch, with neurons
   * @param rateGradient the loss's gradient with respect to the layer's firing rates, [minibatch,
   *     …] in the layer's shape; not to be written to
   * @return what {@link LayerPass#propagate} returned
   */
  INDArray backprop(LayerPass pass, INDArray rateGradient);
}
