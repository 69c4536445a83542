package org.dl4jsnn.nir.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;

/**
 * Checks, before memory is allocated, that an untrusted configuration claims no more parameters
 * than its graph has numbers.
 */
final class RestoredSize {

  private RestoredSize() {}

  static void require(MultiLayerConfiguration configuration, NirGraph graph) {
    long parameters = 0;
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      parameters = plus(parameters, layer.getLayer().initializer().numParams(layer));
    }
    requireAtMost(parameters, graph);
  }

  static void require(ComputationGraphConfiguration configuration, NirGraph graph) {
    long parameters = 0;
    for (GraphVertex vertex : configuration.getVertices().values()) {
      parameters = plus(parameters, vertex.numParams(true));
    }
    requireAtMost(parameters, graph);
  }

  private static long plus(long sum, long parameters) {
    if (parameters < 0) {
      throw new IllegalArgumentException(
          "a layer must have at least 0 parameters, got " + parameters);
    }
    return Math.addExact(sum, parameters);
  }

  private static void requireAtMost(long parameters, NirGraph graph) {
    // A number in the metadata takes more than one character.
    long most = graph.metadata().values().stream().mapToLong(String::length).sum() + numbers(graph);
    if (parameters > most) {
      throw new IllegalArgumentException(
          "the configuration must have no more parameters than the graph has numbers, at most "
              + most
              + ", got "
              + parameters);
    }
  }

  private static long numbers(NirGraph graph) {
    long numbers = 0;
    for (NirNode node : graph.nodes().values()) {
      if (node instanceof NirGraph nested) {
        numbers += numbers(nested);
      } else if (node instanceof NirWeights && !(node instanceof NirWeights.Scale)) {
        NirTensor weight = WeightNodes.weight(node);
        numbers += weight.length() + weight.size(0);
      }
    }
    return numbers;
  }
}
