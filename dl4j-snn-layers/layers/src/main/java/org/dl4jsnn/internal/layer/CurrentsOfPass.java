package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.normalize.FoldedWeights;
import org.dl4jsnn.normalize.NormalizedCurrents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the currents of a layer's passes; one per layer.
 *
 * <ul>
 *   <li>{@link #plain}: through the synapses alone.
 *   <li>{@link Normalized}: by the minibatch's statistics in training, otherwise by running
 *       averages.
 * </ul>
 */
@FunctionalInterface
interface CurrentsOfPass {

  /**
   * The currents of a minibatch.
   *
   * @param train the spikes that arrive
   * @param parameters the layer's parameters
   * @param training whether this is a pass of training
   * @param workspaces where working memory is taken from
   */
  InputCurrents of(
      SpikeTrain train,
      Map<String, INDArray> parameters,
      boolean training,
      LayerWorkspaceMgr workspaces);

  /** The currents that a layer's configuration asks for. */
  static CurrentsOfPass of(LayerSettings layer) {
    return layer.normalization() == null ? plain(layer) : new Normalized(layer);
  }

  private static CurrentsOfPass plain(LayerSettings layer) {
    Set<String> synaptic = layer.synapticParameters();
    return (train, parameters, training, workspaces) ->
        new PlainCurrents(layer.synapse(train.shape(), parameters), synaptic);
  }

  /** Normalised currents. Owns the folded weights, which each pass rewrites. */
  final class Normalized implements CurrentsOfPass {

    /** The fewest currents with a variance. A single one would only be divided by √ε. */
    private static final int FEWEST = 2;

    private final LayerSettings layer;
    private final CurrentNormalization normalization;
    private FoldedWeights weights;

    Normalized(LayerSettings layer) {
      this.layer = layer;
      this.normalization = layer.normalization();
    }

    @Override
    public InputCurrents of(
        SpikeTrain train,
        Map<String, INDArray> parameters,
        boolean training,
        LayerWorkspaceMgr workspaces) {
      int values = train.minibatch() * layer.outputShape(train.shape()).positions();
      return training && values >= FEWEST
          ? ofBatch(train, parameters, workspaces)
          : ofRun(train, parameters);
    }

    private InputCurrents ofRun(SpikeTrain train, Map<String, INDArray> parameters) {
      ChannelScaling scaling =
          scaling(
              parameters.get(CurrentNormalization.MEAN).toDoubleVector(),
              parameters.get(CurrentNormalization.VARIANCE).toDoubleVector(),
              parameters);
      return new FoldedCurrents(fold(train, parameters, scaling), scaling);
    }

    private InputCurrents ofBatch(
        SpikeTrain train, Map<String, INDArray> parameters, LayerWorkspaceMgr workspaces) {
      Synapse unfolded = layer.synapse(train.shape(), parameters);
      AccumulatedSpikes input = AccumulatedSpikes.of(train);
      NormalizedCurrents currents =
          normalized(unfolded, input, parameters.get(Synapse.WEIGHT).dataType(), workspaces);
      ChannelScaling scaling = scaling(currents.mean(), currents.variance(), parameters);
      return new BatchNormalizedCurrents(
          unfolded,
          fold(train, parameters, scaling),
          scaling,
          currents,
          RunningAverages.of(parameters, normalization.decay()),
          input);
    }

    private ChannelScaling scaling(
        double[] mean, double[] variance, Map<String, INDArray> parameters) {
      return ChannelScaling.of(mean, variance, normalization.epsilon(), parameters);
    }

    private FoldedSynapse fold(
        SpikeTrain train, Map<String, INDArray> parameters, ChannelScaling scaling) {
      INDArray own = parameters.get(Synapse.WEIGHT);
      if (weights == null) {
        weights = new FoldedWeights(own, layer.outputAxis());
      }
      Map<String, INDArray> folded =
          weights.fold(own, scaling.scale(), scaling.mean(), scaling.shift());
      return new FoldedSynapse(layer.synapse(train.shape(), folded), weights, own);
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
}
