package org.dl4jsnn.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Loads the arrays of a file into a network, as Deeplearning4j's ModelSerializer does, but only
 * after checking that they have the lengths of the network's arrays.
 */
final class LoadedNetwork {

  private LoadedNetwork() {}

  static MultiLayerNetwork of(
      Path file, MultiLayerConfiguration configuration, ModelArchive archive) throws IOException {
    try {
      long parameters = 0;
      for (NeuralNetConfiguration layer : configuration.getConfs()) {
        parameters = plus(parameters, layer.getLayer().initializer().numParams(layer));
      }
      INDArray values = parameters(parameters, archive);
      if (values != null) {
        configuration.setDataType(values.dataType());
      }
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init(values, false);
      checkShapes(network.paramTable(), parameters);
      if (archive.has(ModelSerializer.UPDATER_BIN)) {
        INDArray state = state(network.getLayers(), archive);
        network.getUpdater().setStateViewArray(network, state, false);
      }
      return network;
    } catch (RuntimeException e) {
      throw impossible(file, e);
    }
  }

  static ComputationGraph of(
      Path file, ComputationGraphConfiguration configuration, ModelArchive archive)
      throws IOException {
    try {
      long parameters = 0;
      for (GraphVertex vertex : configuration.getVertices().values()) {
        parameters = plus(parameters, vertex.numParams(true));
      }
      INDArray values = parameters(parameters, archive);
      if (values != null) {
        configuration.setDataType(values.dataType());
      }
      ComputationGraph network = new ComputationGraph(configuration);
      network.init(values, false);
      checkShapes(network.paramTable(), parameters);
      if (archive.has(ModelSerializer.UPDATER_BIN)) {
        INDArray state = state(network.getVertices(), archive);
        network.getUpdater().setStateViewArray(state);
      }
      return network;
    } catch (RuntimeException e) {
      throw impossible(file, e);
    }
  }

  private static long plus(long sum, long parameters) {
    Require.not(parameters < 0, "a layer must have at least 0 parameters, got %s", parameters);
    return Math.addExact(sum, parameters);
  }

  /**
   * Deeplearning4j multiplies sizes without checking for overflow: an array may claim to be larger
   * than its numbers, and be read beyond them.
   */
  private static void checkShapes(Map<String, INDArray> arrays, long parameters) {
    long sum = 0;
    for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
      long numbers = 1;
      for (long size : array.getValue().shape()) {
        numbers = Math.multiplyExact(numbers, size);
      }
      if (numbers != array.getValue().length()) {
        throw new IllegalArgumentException(
            "%s must have as many numbers as its shape, %s, got %s"
                .formatted(array.getKey(), numbers, array.getValue().length()));
      }
      sum = plus(sum, numbers);
    }
    if (sum != parameters) {
      throw new IllegalArgumentException(
          "the layers' arrays must have " + parameters + " numbers together, got " + sum);
    }
  }

  private static INDArray parameters(long number, ModelArchive archive) throws IOException {
    return number > 0 || archive.has(ModelSerializer.COEFFICIENTS_BIN)
        ? archive.array(ModelSerializer.COEFFICIENTS_BIN, number, "the configuration")
        : null;
  }

  /** Called before the network has an updater, which would allocate its own state. */
  private static INDArray state(Trainable[] parts, ModelArchive archive) throws IOException {
    long number = 0;
    for (Trainable part : parts) {
      Map<String, INDArray> arrays = part.paramTable(false);
      for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
        IUpdater updater = part.getConfig().getUpdaterByParam(array.getKey());
        number = plus(number, updater.stateSize(array.getValue().length()));
      }
    }
    // As Deeplearning4j counts it.
    return archive.array(ModelSerializer.UPDATER_BIN, Math.toIntExact(number), "the updater");
  }

  private static ModelRefusedException impossible(Path file, RuntimeException e) {
    return new ModelRefusedException(
        file.toString(),
        "the configuration must be that of a network, got: "
            + ModelRefusedException.shown(e)
            + ". Possible cause: a damaged file",
        e);
  }
}
