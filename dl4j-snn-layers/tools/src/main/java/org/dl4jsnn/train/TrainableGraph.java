package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.ISchedule;

/** A ComputationGraph in training, with one input and one output, as in a DataSet. */
final class TrainableGraph extends TrainableNetwork<ComputationGraph> {

  private final ComputationGraph graph;

  TrainableGraph(ComputationGraph graph) {
    if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          "network must have one input and one output, got "
              + graph.getNumInputArrays()
              + " and "
              + graph.getNumOutputArrays());
    }
    this.graph = graph;
  }

  @Override
  ComputationGraph model() {
    return graph;
  }

  @Override
  void fit(DataSet minibatch) {
    graph.fit(minibatch);
  }

  @Override
  Layer output() {
    return graph.getOutputLayer(0);
  }

  @Override
  INDArray output(DataSet minibatch) {
    return graph
        .output(
            false,
            new INDArray[] {minibatch.getFeatures()},
            mask(minibatch.getFeaturesMaskArray()),
            mask(minibatch.getLabelsMaskArray()))[0];
  }

  private static INDArray[] mask(INDArray mask) {
    return mask == null ? null : new INDArray[] {mask};
  }

  @Override
  int epochs() {
    return graph.getEpochCount();
  }

  @Override
  int iterations() {
    return graph.getIterationCount();
  }

  @Override
  void endEpoch() {
    graph.incrementEpochCount();
  }

  @Override
  void setLearningRates(ISchedule rates) {
    graph.setLearningRate(rates);
  }

  @Override
  Collection<TrainingListener> listeners() {
    return graph.getListeners();
  }

  @Override
  void setListeners(Collection<TrainingListener> listeners) {
    graph.setListeners(listeners);
  }

  @Override
  TrainableNetwork<ComputationGraph> copy() {
    ComputationGraph copy = graph.clone();
    // Deeplearning4j's clone of a graph begins to count anew.
    copy.getConfiguration().setIterationCount(graph.getIterationCount());
    copy.getConfiguration().setEpochCount(graph.getEpochCount());
    return new TrainableGraph(copy);
  }

  @Override
  TrainableNetwork<ComputationGraph> load(Path file, SafeModels models) {
    return new TrainableGraph(ModelFile.loadGraph(file, models));
  }

  @Override
  void requireLoadable(SafeModels models) throws ModelRefusedException {
    models.graphFromJson(graph.getConfiguration().toJson());
  }

  @Override
  NeuralNetConfiguration common() {
    return Require.given(
        "the graph's default configuration", graph.getConfiguration().getDefaultConfiguration());
  }

  @Override
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (vertex.hasLayer()) {
        layers.add(vertex.getLayer());
      }
    }
    return layers;
  }
}
