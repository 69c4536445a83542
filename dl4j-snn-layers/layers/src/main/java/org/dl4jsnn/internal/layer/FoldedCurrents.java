package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Currents of synapses that a normalisation with given mean and deviation is folded into (equation
 * 24 of docs/mathematics.md). The gradient treats mean and deviation as constants.
 */
class FoldedCurrents implements InputCurrents {

  private final Synapse folded;

  /** Whether weights of inputs that did not fire may be of an earlier pass. */
  private boolean isPartial;

  private final FoldedWeights weights;
  private final INDArray unfolded;
  private final FoldedWeights.Scaling scaling;
  private Map<String, INDArray> foldedGradients;

  /**
   * Currents of synapses with folded weights, given the layer's own weights.
   *
   * @param isPartial whether the weights were folded in an earlier pass and compared only as far as
   *     this one uses them
   */
  FoldedCurrents(
      Synapse folded,
      boolean isPartial,
      FoldedWeights weights,
      INDArray unfolded,
      FoldedWeights.Scaling scaling) {
    this.folded = folded;
    this.isPartial = isPartial;
    this.weights = weights;
    this.unfolded = unfolded;
    this.scaling = scaling;
  }

  @Override
  public final Synapse simulated() {
    return folded;
  }

  @Override
  public final Synapse synapse() {
    if (isPartial) {
      weights.fold(unfolded, scaling);
      isPartial = false;
    }
    return folded;
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public final Map<String, INDArray> synapseGradients(Map<String, INDArray> gradients) {
    if (foldedGradients == null) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        foldedGradients = new HashMap<>();
        weights
            .arrays()
            .forEach(
                (name, array) ->
                    foldedGradients.put(name, Nd4j.create(array.dataType(), array.shape(), 'c')));
      }
    }
    return foldedGradients;
  }

  @Override
  public INDArray finish(
      INDArray collected, Map<String, INDArray> gradients, LayerWorkspaceMgr workspaces) {
    unfold(gradients);
    return collected;
  }

  /** Turns the gradients of the folded weights and bias into those of weights, gain and shift. */
  final void unfold(Map<String, INDArray> gradients) {
    INDArray ofWeights = foldedGradients.get(Synapse.WEIGHT);
    INDArray ofBias = foldedGradients.get(Synapse.BIAS);
    double[] products = weights.sumOfProducts(ofWeights, unfolded);
    INDArray ofGain = gradients.get(CurrentNormalization.GAIN);
    for (int i = 0; i < products.length; i++) {
      double centred = products[i] - scaling.mean()[i] * ofBias.getDouble(i);
      ofGain.putScalar(i, scaling.inverse()[i] * centred);
    }
    gradients.get(CurrentNormalization.SHIFT).assign(ofBias);
    weights.multiply(ofWeights, scaling.scale(), gradients.get(Synapse.WEIGHT));
    foldedGradients.values().forEach(INDArray::close);
    foldedGradients = null;
  }
}
