package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.ObservingPass;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.SpikeTrains;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Counts what the weighted layers of a network compute for a sample: every spike that arrives adds
 * one weight to each of the neurons that it reaches.
 */
public final class SynapticOperations {

  private SynapticOperations() {}

  /**
   * The operations of a layer for one sample, on average.
   *
   * @param layer the layer's name
   * @param additions weights added, one a spike and neuron that it reaches, over the whole window;
   *     0 where the input is a constant current, which is multiplied by the weights once
   * @param multiplyAdds of the same layer without spikes, which are also those of a constant
   *     current
   * @param constantInput whether the input is a constant current
   */
  public record OfLayer(
      String layer, double additions, double multiplyAdds, boolean constantInput) {}

  /**
   * Counts, in one pass of inference.
   *
   * @param network a network that is not being trained at the same time
   * @param features a minibatch
   * @return the weighted spiking layers in their order
   */
  public static List<OfLayer> count(MultiLayerNetwork network, INDArray features) {
    RecordedTrains trains = RecordedTrains.of(network, features);
    List<OfLayer> counts = new ArrayList<>();
    for (int i = 0; i < network.getnLayers(); i++) {
      int index = i;
      count(network.getLayer(i), () -> trains.before(index)).ifPresent(counts::add);
    }
    return counts;
  }

  /**
   * Counts, in one pass of inference.
   *
   * @param graph a graph that is not being trained at the same time
   * @param features a minibatch for each of its inputs
   * @return the weighted spiking layers in the order in which the graph runs
   */
  @SuppressWarnings("try") // what observes is opened and closed, not read
  public static List<OfLayer> count(ComputationGraph graph, INDArray... features) {
    graph.setInputs(features);
    try (ObservingPass observing = ObservingPass.of(graph)) {
      // The trains stay beside the activations as long as these are held.
      Map<String, INDArray> activations = graph.feedForward(false, true, true);
      List<OfLayer> counts = new ArrayList<>();
      for (int index : graph.topologicalSortOrder()) {
        GraphVertex vertex = graph.getVertices()[index];
        if (vertex.hasLayer()) {
          String name = vertex.getVertexName();
          String below = graph.getConfiguration().getVertexInputs().get(name).get(0);
          count(vertex.getLayer(), () -> SpikeTrains.beside(activations.get(below)).get().train())
              .ifPresent(counts::add);
        }
      }
      return counts;
    } finally {
      graph.clearLayersStates();
    }
  }

  private static Optional<OfLayer> count(Layer layer, Supplier<SpikeTrain> input) {
    // Of a frozen layer, this is the configuration of the layer inside.
    if (!(layer.conf().getLayer() instanceof BaseSpikingLayer configuration)
        || !configuration.hasNeurons()) {
      return Optional.empty();
    }
    SpikeTrain train = input.get();
    Map<String, INDArray> parameters = layer.paramTable();
    return configuration.synapse(train.shape(), parameters).isWeighted()
        ? Optional.of(count(configuration, parameters, train))
        : Optional.empty();
  }

  private static OfLayer count(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, SpikeTrain input) {
    double[] reached = reached(layer, parameters, input.shape());
    double all = 0;
    for (double neurons : reached) {
      all += neurons;
    }
    double additions = input.isConstant() ? 0 : additions(input, reached);
    return new OfLayer(layer.getLayerName(), additions, all, input.isConstant());
  }

  /** For every input, in order of arrays, the number of neurons that it reaches. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private static double[] reached(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, FeatureShape input) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      // Ones sent backwards through weights of one count synapses.
      Map<String, INDArray> ones = new HashMap<>();
      Map<String, INDArray> gradients = new HashMap<>();
      INDArray weights = parameters.get(Synapse.WEIGHT);
      ones.put(Synapse.WEIGHT, Nd4j.ones(weights.dataType(), weights.shape()));
      gradients.put(Synapse.WEIGHT, weights.like());
      Synapse synapse = layer.synapse(input, ones);
      INDArray flow = Nd4j.create(weights.dataType(), input.arrayShape(1));
      INDArray delta = Nd4j.ones(weights.dataType(), synapse.outputShape().arrayShape(1));
      return synapse
          .backprop(flow, delta, gradients, LayerWorkspaceMgr.noWorkspaces())
          .reshape(input.neurons())
          .toDoubleVector();
    }
  }

  private static double additions(SpikeTrain input, double[] reached) {
    SpikeEvents events = new SpikeEvents(input.shape());
    double additions = 0;
    for (int sample = 0; sample < input.minibatch(); sample++) {
      for (int step = 0; step < input.steps(); step++) {
        input.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          additions += reached[input.shape().arrayIndex(events.neuron(e))];
        }
      }
    }
    return additions / input.minibatch();
  }
}
