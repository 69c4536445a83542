package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the currents of a layer's passes; one per layer. Without a normalisation they go through
 * the synapses alone. Otherwise they are normalised by the minibatch's statistics in training, and
 * by running averages in inference, with weights that these are folded into.
 */
final class CurrentsOfPass {

  /** The fewest currents with a variance. A single one would only be divided by √ε. */
  private static final int FEWEST = 2;

  private final LayerSettings layer;
  private final CurrentNormalization normalization;
  private final Set<String> synaptic;
  private FoldedWeights weights;

  CurrentsOfPass(LayerSettings layer) {
    this.layer = layer;
    this.normalization = layer.normalization();
    this.synaptic = layer.synapticParameters();
  }

  /** The currents of a minibatch. */
  InputCurrents of(
      SpikeTrain train,
      Map<String, INDArray> parameters,
      boolean training,
      LayerWorkspaceMgr workspaces) {
    if (normalization == null) {
      return new InputCurrents.Plain(layer.synapse(train.shape(), parameters), synaptic);
    }
    int values = train.minibatch() * layer.outputShape(train.shape()).positions();
    return training && values >= FEWEST
        ? ofBatch(train, parameters, workspaces)
        : ofRun(train, parameters);
  }

  private InputCurrents ofRun(SpikeTrain train, Map<String, INDArray> parameters) {
    FoldedWeights.Scaling scaling =
        FoldedWeights.Scaling.ofRun(normalization.epsilon(), parameters);
    INDArray own = parameters.get(Synapse.WEIGHT);
    Synapse before = weights == null ? null : layer.synapse(train.shape(), weights.arrays());
    boolean isFolded = before != null && weights.areStill(before, own, scaling, train);
    Synapse folded = isFolded ? before : fold(train, parameters, scaling);
    return new FoldedCurrents(folded, isFolded, weights, own, scaling);
  }

  private InputCurrents ofBatch(
      SpikeTrain train, Map<String, INDArray> parameters, LayerWorkspaceMgr workspaces) {
    Synapse unfolded = layer.synapse(train.shape(), parameters);
    AccumulatedSpikes input = AccumulatedSpikes.of(train);
    NormalizedCurrents currents =
        normalized(unfolded, input, parameters.get(Synapse.WEIGHT).dataType(), workspaces);
    FoldedWeights.Scaling scaling =
        FoldedWeights.Scaling.of(
            currents.mean(), currents.variance(), normalization.epsilon(), parameters);
    return new BatchNormalizedCurrents(
        fold(train, parameters, scaling),
        weights,
        unfolded,
        parameters,
        normalization,
        scaling,
        currents,
        input);
  }

  private Synapse fold(
      SpikeTrain train, Map<String, INDArray> parameters, FoldedWeights.Scaling scaling) {
    INDArray own = parameters.get(Synapse.WEIGHT);
    if (weights == null) {
      weights = new FoldedWeights(own, layer.outputAxis());
    }
    return layer.synapse(train.shape(), weights.fold(own, scaling));
  }

  /**
   * Standardises the currents of the arriving rates. They are not taken from the layer's input
   * array: behind a maximum pooling it holds the maxima of rates, not the rates of the spikes.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private NormalizedCurrents normalized(
      Synapse synapse, AccumulatedSpikes input, DataType type, LayerWorkspaceMgr workspaces) {
    INDArray rates = Rates.of(input, ArrayType.FF_WORKING_MEM, type, workspaces);
    try {
      INDArray currents =
          workspaces.createUninitialized(
              ArrayType.FF_WORKING_MEM,
              type,
              synapse.outputShape().arrayShape(input.minibatch()),
              'c');
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        synapse.estimateCurrent(rates, currents);
        return new NormalizedCurrents(currents, synapse.outputShape(), normalization.epsilon());
      } finally {
        free(currents);
      }
    } finally {
      free(rates);
    }
  }

  /** Outside workspaces the collector would be too late for such large arrays. */
  private static void free(INDArray array) {
    if (!array.isAttached()) {
      array.close();
    }
  }
}
