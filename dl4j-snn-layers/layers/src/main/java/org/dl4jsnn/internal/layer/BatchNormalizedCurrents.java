package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.normalize.NormalizedCurrents;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Currents normalised by the statistics of their own minibatch (equation 23 of
 * docs/mathematics.md). The gradient also goes through the statistics (equation 25): at no cost
 * under rate-based rules, and at the cost of one more operation on rates under others.
 */
final class BatchNormalizedCurrents extends FoldedCurrents {

  private final Synapse unfolded;
  private final ChannelScaling scaling;
  private final NormalizedCurrents currents;
  private final RunningAverages averages;

  /** The arriving rates; not the spikes, which would then stay in memory for every layer. */
  private final AccumulatedSpikes input;

  /**
   * Currents.
   *
   * @param unfolded the synapses with the layer's own weights
   * @param folded the synapses with the normalisation folded in
   * @param scaling with the statistics of the minibatch
   * @param currents the standardised currents
   * @param averages the running averages that the statistics update
   * @param input the arriving spikes
   */
  BatchNormalizedCurrents(
      Synapse unfolded,
      FoldedSynapse folded,
      ChannelScaling scaling,
      NormalizedCurrents currents,
      RunningAverages averages,
      AccumulatedSpikes input) {
    super(folded, scaling);
    this.unfolded = unfolded;
    this.scaling = scaling;
    this.currents = currents;
    this.averages = averages;
    this.input = input;
  }

  /** False, since the currents have already been computed for their statistics. */
  @Override
  public boolean isSumOfSpikes() {
    return false;
  }

  @Override
  public void accumulate(Supplier<INDArray> spikesIn, int steps, INDArray current) {
    currents.write(scaling.gain(), scaling.shift(), steps, current);
  }

  @Override
  public INDArray propagate(
      INDArray rates,
      INDArray currentGradient,
      SynapseAdjoint adjoint,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    NormalizedCurrents.Gradient gradient = currents.gradient(currentGradient);
    assign(gradient.gain(), gradients.get(CurrentNormalization.GAIN));
    assign(gradient.shift(), gradients.get(CurrentNormalization.SHIFT));
    averages.update(currents, gradients);
    INDArray before =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, currentGradient.dataType(), currentGradient.shape(), 'c');
    currents.backprop(currentGradient, gradient, scaling.scale(), before);
    return adjoint.backprop(unfolded, rates, before, gradients, workspaces);
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public INDArray finish(
      INDArray collected, Map<String, INDArray> gradients, LayerWorkspaceMgr workspaces) {
    unfold(gradients);
    averages.update(currents, gradients);
    NormalizedCurrents.Gradient gradient =
        new NormalizedCurrents.Gradient(
            gradients.get(CurrentNormalization.GAIN).toDoubleVector(),
            gradients.get(CurrentNormalization.SHIFT).toDoubleVector());
    INDArray weightGradient = gradients.get(Synapse.WEIGHT);
    long[] shape = unfolded.outputShape().arrayShape(input.minibatch());
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray before = Nd4j.createUninitialized(collected.dataType(), shape, 'c');
        INDArray more = Nd4j.create(collected.dataType(), weightGradient.shape(), 'c');
        INDArray rates = input.rates(collected.dataType())) {
      currents.backprop(null, gradient, scaling.scale(), before);
      try (INDArray below =
          unfolded.backprop(
              rates, before, Map.of(Synapse.WEIGHT, more), LayerWorkspaceMgr.noWorkspaces())) {
        collected.addi(below);
      }
      weightGradient.addi(more);
    }
    return collected;
  }

  private static void assign(double[] values, INDArray target) {
    for (int i = 0; i < values.length; i++) {
      target.putScalar(i, values[i]);
    }
  }
}
