package org.dl4jsnn.examples.support;

import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingException;

/** A network from a file, which does not say of which type it is. */
public final class SavedNetwork {

  private SavedNetwork() {}

  /**
   * Loads a network.
   *
   * @param file a model's file
   * @return a MultiLayerNetwork or a ComputationGraph
   * @throws TrainingException if it is neither, or cannot be read
   */
  public static NeuralNetwork load(Path file) {
    MultiLayerNetwork network;
    try {
      network = ModelFile.load(file);
    } catch (TrainingException sequence) {
      return graph(file, sequence);
    }
    return network;
  }

  private static ComputationGraph graph(Path file, TrainingException sequence) {
    try {
      return ModelFile.loadGraph(file);
    } catch (TrainingException graph) {
      sequence.addSuppressed(graph);
      throw sequence;
    }
  }
}
