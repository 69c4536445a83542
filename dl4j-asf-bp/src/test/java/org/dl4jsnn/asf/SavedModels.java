package org.dl4jsnn.asf;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The models that versions saved, one folder per version: NAME.zip is the model, NAME.json its
 * configuration, and NAME.csv the shape of a minibatch and the model's answers to it, one per line.
 */
final class SavedModels {

  static final int CLASSES = 3;

  private static final Path FOLDER = Path.of("src/test/resources/saved");

  private SavedModels() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  /** What a version answered. */
  record Answers(long[] featureShape, double[] outputs) {

    static Answers of(Path model) throws IOException {
      List<String> lines = Files.readAllLines(beside(model, ".csv"));
      return new Answers(
          Arrays.stream(lines.get(0).split(",")).mapToLong(Long::parseLong).toArray(),
          lines.stream().skip(1).mapToDouble(Double::parseDouble).toArray());
    }

    String text() {
      String shape =
          LongStream.of(featureShape).mapToObj(Long::toString).collect(Collectors.joining(","));
      return DoubleStream.of(outputs)
          .mapToObj(Double::toString)
          .collect(Collectors.joining("\n", shape + "\n", "\n"));
    }
  }

  /** Trains a fresh network and saves it. */
  static void write(String version, String name, Model network, long... featureShape)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      fit(network, featureShape);
    }
    Path folder = Files.createDirectories(FOLDER.resolve(version));
    Path model = folder.resolve(name + ".zip");
    ModelSerializer.writeModel(network, model.toFile(), true);
    Files.writeString(
        beside(model, ".json"),
        network instanceof ComputationGraph graph
            ? graph.getConfiguration().toJson()
            : ((MultiLayerNetwork) network).getLayerWiseConfigurations().toJson());
    Files.writeString(
        beside(model, ".csv"),
        new Answers(featureShape, output(network, features(featureShape))).text());
  }

  static boolean isGraph(Path model) throws IOException {
    return json(model).contains("\"networkInputs\"");
  }

  static String json(Path model) throws IOException {
    return Files.readString(beside(model, ".json"));
  }

  static Model restored(Path model) throws IOException {
    File file = model.toFile();
    return isGraph(model)
        ? ModelSerializer.restoreComputationGraph(file)
        : ModelSerializer.restoreMultiLayerNetwork(file);
  }

  /** A network with fresh weights, from the configuration next to a model. */
  static Model configured(Path model) throws IOException {
    Model network =
        isGraph(model)
            ? new ComputationGraph(ComputationGraphConfiguration.fromJson(json(model)))
            : new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json(model)));
    network.init();
    return network;
  }

  static Object configuration(Model network) {
    return network instanceof ComputationGraph graph
        ? graph.getConfiguration()
        : ((MultiLayerNetwork) network).getLayerWiseConfigurations();
  }

  static int iterations(Model network) {
    return network instanceof ComputationGraph graph
        ? graph.getIterationCount()
        : ((MultiLayerNetwork) network).getIterationCount();
  }

  static double[] output(Model network, INDArray features) {
    return SmallNetworks.output(network, features).ravel().toDoubleVector();
  }

  static void fit(Model network, long[] featureShape) {
    INDArray labels = Networks.labels((int) featureShape[0], CLASSES);
    ((NeuralNetwork) network).fit(new DataSet(features(featureShape), labels));
  }

  /** The same numbers in every version. */
  static INDArray features(long[] shape) {
    float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101) / 101f;
    }
    return Nd4j.create(values, shape, 'c');
  }

  private static Path beside(Path model, String ending) {
    String name = model.getFileName().toString();
    return model.resolveSibling(name.substring(0, name.length() - ".zip".length()) + ending);
  }
}
