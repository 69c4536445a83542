package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.internal.Require;
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
 * names; a graph has one input and one output, as in a DataSet.
 */
final class TrainableNetwork<M extends Model> {

  private final M model;

  /** The model, if it is of this type; otherwise null. */
  private final MultiLayerNetwork sequence;

  private final ComputationGraph graph;

  private TrainableNetwork(M model) {
    this.model = model;
    this.sequence = model instanceof MultiLayerNetwork layers ? layers : null;
    this.graph = model instanceof ComputationGraph vertices ? vertices : null;
  }

  /** A network to train. */
  static <M extends Model> TrainableNetwork<M> of(M network) {
    NetworkWalk.find(network); // refuses one that is not initialised
    ModelWriter.requireKind(network);
    if (network instanceof ComputationGraph graph) {
      Require.not(
          graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1,
          "network must have one input and one output, got %s and %s",
          graph.getNumInputArrays(),
          graph.getNumOutputArrays());
    }
    return new TrainableNetwork<>(network);
  }

  /** The same for a model that was copied or read, which has this one's type. */
  @SuppressWarnings("unchecked")
  private TrainableNetwork<M> like(Model other) {
    return of((M) other);
  }

  M model() {
    return model;
  }

  void fit(DataSet minibatch) {
    ((NeuralNetwork) model).fit(minibatch);
  }

  /** Checks that labels fit the output layer, before the loss refuses them. */
  void requireLabels(DataSet minibatch) {
    Layer last = graph == null ? sequence.getOutputLayer() : graph.getOutputLayer(0);
    if (last != null
        && last.conf().getLayer() instanceof OutputLayer output
        && !(output.getLossFn() instanceof LossSparseMCXENT)) {
      OneHotLabels.require(minibatch.getLabels(), output.getNOut());
    }
  }

  /** The network's output in inference, with the minibatch's masks. */
  INDArray output(DataSet minibatch) {
    INDArray features = minibatch.getFeatures();
    INDArray mask = minibatch.getFeaturesMaskArray();
    INDArray labelsMask = minibatch.getLabelsMaskArray();
    return graph == null
        ? sequence.output(features, false, mask, labelsMask)
        : graph.output(false, new INDArray[] {features}, array(mask), array(labelsMask))[0];
  }

  private static INDArray[] array(INDArray mask) {
    return mask == null ? null : new INDArray[] {mask};
  }

  int epochs() {
    return graph == null ? sequence.getEpochCount() : graph.getEpochCount();
  }

  int iterations() {
    return graph == null ? sequence.getIterationCount() : graph.getIterationCount();
  }

  void endEpoch() {
    if (graph == null) {
      sequence.incrementEpochCount();
    } else {
      graph.incrementEpochCount();
    }
  }

  void setLearningRates(ISchedule rates) {
    if (graph == null) {
      sequence.setLearningRate(rates);
    } else {
      graph.setLearningRate(rates);
    }
  }

  Collection<TrainingListener> listeners() {
    return graph == null ? sequence.getListeners() : graph.getListeners();
  }

  TrainableNetwork<M> copy() {
    if (graph == null) {
      return like(sequence.clone());
    }
    ComputationGraph copy = graph.clone();
    // Deeplearning4j's clone of a graph begins to count anew.
    copy.getConfiguration().setIterationCount(graph.getIterationCount());
    copy.getConfiguration().setEpochCount(graph.getEpochCount());
    return like(copy);
  }

  /** Loads a network of the same type. */
  TrainableNetwork<M> load(Path file, SafeModels models) {
    return like(graph == null ? ModelFile.load(file, models) : ModelFile.loadGraph(file, models));
  }

  /** Reads the network's configuration as if it came from a file, which may be refused. */
  void requireLoadable(SafeModels models) throws ModelRefusedException {
    if (graph == null) {
      models.multiLayerFromJson(sequence.getLayerWiseConfigurations().toJson());
    } else {
      models.graphFromJson(graph.getConfiguration().toJson());
    }
  }

  /** The settings common to all layers. */
  NeuralNetConfiguration common() {
    return graph == null
        ? sequence.getDefaultConfiguration()
        : Require.given(
            "the graph's default configuration",
            graph.getConfiguration().getDefaultConfiguration());
  }

  /** The layers, in the order in which they run. */
  List<Layer> layers() {
    return graph == null
        ? List.of(sequence.getLayers())
        : Arrays.stream(graph.topologicalSortOrder())
            .mapToObj(index -> graph.getVertices()[index])
            .filter(GraphVertex::hasLayer)
            .map(GraphVertex::getLayer)
            .toList();
  }

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

  /** Refuses a network from a file that is not this one. */
  void requireSameShape(TrainableNetwork<M> saved, Path file) {
    Map<String, String> expected = shapes();
    Map<String, String> found = saved.shapes();
    if (!found.equals(expected)) {
      throw new TrainingException(
          ("%s must hold an earlier training of the network, with parameters %s, got %s."
                  + " Possible cause: the network was changed. Name another file, or move the existing"
                  + " one")
              .formatted(file.toAbsolutePath(), expected, found));
    }
  }

  private Map<String, String> shapes() {
    Map<String, String> shapes = new TreeMap<>();
    model.paramTable().forEach((name, array) -> shapes.put(name, Arrays.toString(array.shape())));
    return shapes;
  }
}
