package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.internal.array.OneHotLabels;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What a training needs from a network. Deeplearning4j's two network types offer it under different
 * names.
 */
abstract class TrainableNetwork<M extends Model> {

  /** A network to train. */
  @SuppressWarnings("unchecked") // each type is wrapped by its own class
  static <M extends Model> TrainableNetwork<M> of(M network) {
    NetworkWalk.find(network); // refuses one that is not initialised
    if (network instanceof MultiLayerNetwork layers) {
      return (TrainableNetwork<M>) new TrainableSequence(layers);
    }
    if (network instanceof ComputationGraph graph) {
      return (TrainableNetwork<M>) new TrainableGraph(graph);
    }
    throw new IllegalArgumentException(
        "network must be a MultiLayerNetwork or a ComputationGraph, got " + network);
  }

  abstract M model();

  abstract void fit(DataSet minibatch);

  /** Checks that labels fit the output layer, before the loss refuses them. */
  final void requireLabels(DataSet minibatch) {
    Layer last = output();
    if (last != null
        && last.conf().getLayer() instanceof OutputLayer output
        && !(output.getLossFn() instanceof LossSparseMCXENT)) {
      OneHotLabels.require(minibatch.getLabels(), output.getNOut());
    }
  }

  /** The layer that gives the network's only output. */
  abstract Layer output();

  /** The network's output in inference, with the minibatch's masks. */
  abstract INDArray output(DataSet minibatch);

  abstract int epochs();

  abstract int iterations();

  abstract void endEpoch();

  abstract void setLearningRates(ISchedule rates);

  abstract Collection<TrainingListener> listeners();

  abstract void setListeners(Collection<TrainingListener> listeners);

  abstract TrainableNetwork<M> copy();

  /** Loads a network of the same type. */
  abstract TrainableNetwork<M> load(Path file, SafeModels models);

  /** Reads the network's configuration as if it came from a file, which may be refused. */
  abstract void requireLoadable(SafeModels models) throws ModelRefusedException;

  /** The settings common to all layers. */
  abstract NeuralNetConfiguration common();

  /** The layers, in the order in which they run. */
  abstract List<Layer> layers();

  /** The network's seed. */
  long seed() {
    return common().getSeed();
  }

  /** The learning rate of the first layer that has one. */
  OptionalDouble learningRate(int iteration, int epoch) {
    return layers().stream()
        .map(layer -> layer.conf().getLayer())
        .filter(BaseLayer.class::isInstance)
        .map(layer -> ((BaseLayer) layer).getIUpdater())
        .filter(updater -> updater != null && updater.hasLearningRate())
        .mapToDouble((IUpdater updater) -> updater.getLearningRate(iteration, epoch))
        .findFirst();
  }
}
