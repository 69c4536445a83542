package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer's scalars and running averages, which are parameters but not learned: their "gradient" is
 * their change, which the optimizer's step subtracts.
 *
 * <p>Under gradient sharing a step subtracts something else: the gradients of all workers after an
 * encoding that keeps only multiples of a threshold. So after the step a layer that has done a
 * backward pass sets its state to the values that it computed itself. In all other cases it already
 * has these values.
 */
final class AdaptedScalars {

  private final LayerSettings layer;
  private final Map<String, Double> scalars = new HashMap<>();
  private final Map<String, INDArray> averages = new HashMap<>();
  private boolean isKnown;

  AdaptedScalars(LayerSettings layer) {
    this.layer = layer;
  }

  /** State that is not set keeps its value, whatever the minibatch before did. */
  void keep(Map<String, INDArray> gradients) {
    gradients.forEach(
        (name, change) -> {
          if (!layer.isState(name)) {
            return;
          }
          if (change.length() == 1) {
            change.putScalar(0, 0);
          } else {
            change.assign(0);
          }
        });
  }

  /** Records the values that the layer computed in a backward pass. */
  void note(Map<String, INDArray> parameters, Map<String, INDArray> gradients) {
    gradients.forEach(
        (name, change) -> {
          if (!layer.isState(name)) {
            return;
          }
          INDArray before = parameters.get(name);
          if (change.length() == 1) {
            // Without an operation of ND4J, whose call takes longer than such a difference.
            scalars.put(name, before.getDouble(0) - change.getDouble(0));
          } else {
            before.sub(change, averages.computeIfAbsent(name, n -> like(change)));
          }
          isKnown = true;
        });
  }

  private static INDArray like(INDArray change) {
    return Nd4j.createUninitializedDetached(change.dataType(), 'c', change.shape());
  }

  /** Sets the values recorded last, once. */
  void settle(Map<String, INDArray> parameters) {
    if (isKnown) {
      scalars.forEach((name, value) -> parameters.get(name).putScalar(0, value));
      averages.forEach((name, value) -> parameters.get(name).assign(value));
      isKnown = false;
    }
  }
}
