package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.monitor.SynapticOperations;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a listener reads of either kind of network. */
interface WatchedNetwork {

  /** The network of a model, if it is one. */
  static Optional<WatchedNetwork> of(Model model) {
    if (model instanceof MultiLayerNetwork network) {
      return Optional.of(new Sequence(network));
    }
    return model instanceof ComputationGraph graph
        ? Optional.of(new Graph(graph))
        : Optional.empty();
  }

  /** The spiking layers, from the input on. */
  List<WatchedLayer> layers();

  /** Updates done. */
  int iteration();

  /** Epochs done. */
  int epoch();

  /** Of the minibatch just propagated back. */
  Gradient gradient();

  /** The features of the pass going on. */
  INDArray[] features();

  /** The operations of its weighted spiking layers, by one pass of inference. */
  List<SynapticOperations.OfLayer> operations(INDArray[] features);

  /** Layers in a row. */
  record Sequence(MultiLayerNetwork network) implements WatchedNetwork {

    @Override
    public List<WatchedLayer> layers() {
      List<WatchedLayer> layers = new ArrayList<>();
      for (int i = 0; i < network.getnLayers(); i++) {
        WatchedLayer.of(network.getLayer(i), i, String.valueOf(i)).ifPresent(layers::add);
      }
      return layers;
    }

    @Override
    public int iteration() {
      return network.getIterationCount();
    }

    @Override
    public int epoch() {
      return network.getEpochCount();
    }

    @Override
    public Gradient gradient() {
      return network.gradient();
    }

    @Override
    public INDArray[] features() {
      return new INDArray[] {network.getInput()};
    }

    @Override
    public List<SynapticOperations.OfLayer> operations(INDArray[] features) {
      return SynapticOperations.count(network, features[0]);
    }
  }

  /** Layers in a graph. */
  record Graph(ComputationGraph graph) implements WatchedNetwork {

    @Override
    public List<WatchedLayer> layers() {
      List<WatchedLayer> layers = new ArrayList<>();
      for (int index : graph.topologicalSortOrder()) {
        GraphVertex vertex = graph.getVertices()[index];
        if (vertex.hasLayer()) {
          String name = vertex.getVertexName();
          WatchedLayer.of(vertex.getLayer(), name, name).ifPresent(layers::add);
        }
      }
      return layers;
    }

    @Override
    public int iteration() {
      return graph.getIterationCount();
    }

    @Override
    public int epoch() {
      return graph.getEpochCount();
    }

    @Override
    public Gradient gradient() {
      return graph.gradient();
    }

    @Override
    public INDArray[] features() {
      return graph.getInputs();
    }

    @Override
    public List<SynapticOperations.OfLayer> operations(INDArray[] features) {
      return SynapticOperations.count(graph, features);
    }
  }
}
