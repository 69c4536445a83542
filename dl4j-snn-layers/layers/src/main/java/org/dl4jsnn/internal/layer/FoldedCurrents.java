package org.dl4jsnn.internal.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.normalize.FoldedWeights;
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
  private final FoldedWeights weights;
  private final INDArray unfolded;
  private final double[] mean;

  /** 1/√(σ² + ε) of every output. */
  private final double[] inverse;

  /** γ times that. */
  private final double[] scale;

  private Map<String, INDArray> foldedGradients;

  FoldedCurrents(FoldedSynapse folding, ChannelScaling scaling) {
    this.folded = folding.synapse();
    this.weights = folding.weights();
    this.unfolded = folding.unfolded();
    this.mean = scaling.mean();
    this.inverse = scaling.inverse();
    this.scale = scaling.scale();
  }

  @Override
  public final Synapse synapse() {
    return folded;
  }

  @Override
  public void accumulate(Supplier<INDArray> spikesIn, int steps, INDArray current) {
    folded.current(spikesIn.get(), steps, current);
  }

  @Override
  public INDArray propagate(
      INDArray rates,
      INDArray currentGradient,
      SynapseAdjoint adjoint,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    INDArray below =
        adjoint.backprop(folded, rates, currentGradient, synapseGradients(gradients), workspaces);
    return finish(below, gradients, workspaces);
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
    for (int i = 0; i < mean.length; i++) {
      ofGain.putScalar(i, inverse[i] * (products[i] - mean[i] * ofBias.getDouble(i)));
    }
    gradients.get(CurrentNormalization.SHIFT).assign(ofBias);
    weights.multiply(ofWeights, scale, gradients.get(Synapse.WEIGHT));
    foldedGradients.values().forEach(INDArray::close);
    foldedGradients = null;
  }
}
