package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.SpikeTrain;
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
  private final FoldedWeights.Scaling scaling;
  private final NormalizedCurrents currents;
  private final CurrentNormalization normalization;
  private final INDArray meanBefore;
  private final INDArray varianceBefore;

  /** The arriving rates; not the spikes, which would then stay in memory for every layer. */
  private final AccumulatedSpikes input;

  /**
   * Currents.
   *
   * @param folded the synapses with the normalisation folded in, whose weights are given
   * @param unfolded the synapses with the layer's own weights
   * @param parameters the layer's parameters, among them the running averages
   */
  BatchNormalizedCurrents(
      Synapse folded,
      FoldedWeights weights,
      Synapse unfolded,
      Map<String, INDArray> parameters,
      CurrentNormalization normalization,
      FoldedWeights.Scaling scaling,
      NormalizedCurrents currents,
      AccumulatedSpikes input) {
    super(folded, false, weights, parameters.get(Synapse.WEIGHT), scaling);
    this.unfolded = unfolded;
    this.scaling = scaling;
    this.currents = currents;
    this.normalization = normalization;
    this.meanBefore = parameters.get(CurrentNormalization.MEAN);
    this.varianceBefore = parameters.get(CurrentNormalization.VARIANCE);
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

  /** Of a window that was waited for, the mean current is that of every step. */
  @Override
  public Optional<SpikeTrain> steady(SpikeTrain train) {
    if (!RepeatedSpikeTrain.isWindow(train)) {
      return Optional.empty();
    }
    float[][] ofSamples = currents.byPosition(scaling.gain(), scaling.shift());
    DenseSpikeTrain anyStep = new DenseSpikeTrain(unfolded.outputShape(), 1, ofSamples);
    return Optional.of(new RepeatedSpikeTrain(anyStep, train.steps()));
  }

  @Override
  public INDArray propagate(
      INDArray rates,
      INDArray currentGradient,
      boolean isRead,
      Map<String, INDArray> gradients,
      LayerWorkspaceMgr workspaces) {
    NormalizedCurrents.Gradient gradient = currents.gradient(currentGradient);
    assign(gradient.gain(), gradients.get(CurrentNormalization.GAIN));
    assign(gradient.shift(), gradients.get(CurrentNormalization.SHIFT));
    updateAverages(gradients);
    INDArray before =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, currentGradient.dataType(), currentGradient.shape(), 'c');
    currents.backprop(currentGradient, gradient, scaling.scale(), before);
    return InputCurrents.backprop(unfolded, rates, before, isRead, gradients, workspaces);
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public INDArray finish(
      INDArray collected, Map<String, INDArray> gradients, LayerWorkspaceMgr workspaces) {
    unfold(gradients);
    updateAverages(gradients);
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

  /**
   * Moves the running averages, which no updater touches, towards the minibatch's statistics: their
   * "gradient" is their change, as in Deeplearning4j's batch normalisation.
   */
  private void updateAverages(Map<String, INDArray> gradients) {
    change(meanBefore, currents.mean(), gradients.get(CurrentNormalization.MEAN));
    change(varianceBefore, currents.variance(), gradients.get(CurrentNormalization.VARIANCE));
  }

  private void change(INDArray average, double[] latest, INDArray change) {
    for (int i = 0; i < latest.length; i++) {
      change.putScalar(i, (1 - normalization.decay()) * (average.getDouble(i) - latest[i]));
    }
  }

  private static void assign(double[] values, INDArray target) {
    for (int i = 0; i < values.length; i++) {
      target.putScalar(i, values[i]);
    }
  }
}
