package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Models that earlier versions saved load, answer as they did, and learn on. A folder of {@code
 * saved} is a version: it is never changed once that version is out. {@code -Dsaved.write=VERSION}
 * writes a new one.
 */
class SavedModelsTest {

  private static final Path SAVED = Path.of("src/test/resources/saved");
  private static final double TOLERANCE = 1e-5;
  private static final int PIXELS = 36;

  private static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(SAVED)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldAnswerAsTheVersionDidThatSavedIt(Path model) throws IOException {
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model.toFile());
    double[] expected = numbers(beside(model, ".csv"));
    double[] actual = network.output(features()).ravel().toDoubleVector();
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE, model + ", output " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldReadTheConfigurationBesideIt(Path model) throws IOException {
    MultiLayerConfiguration configuration =
        MultiLayerConfiguration.fromJson(Files.readString(beside(model, ".json")));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(model.toFile());
    assertEquals(restored.numParams(), network.numParams());
    assertEquals(restored.paramTable().keySet(), network.paramTable().keySet());
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldLearnOn(Path model) throws IOException {
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model.toFile(), true);
    int before = network.getIterationCount();
    assertTrue(before > 0);
    network.fit(data());
    assertEquals(before + 1, network.getIterationCount());
    assertTrue(Double.isFinite(network.score()));
  }

  @Test
  void shouldHaveModelsOfThisVersion() throws IOException {
    String version = System.getProperty("saved.write");
    if (version != null) {
      write(version, "asf", new AsfBackprop());
      write(version, "rate", new RateBackprop());
      write(version, "spatio-temporal", new SpatioTemporalBackprop());
    }
    assertEquals(
        List.of("asf.zip", "rate.zip", "spatio-temporal.zip"),
        models().stream()
            .filter(model -> model.getParent().endsWith("0.1.0"))
            .map(model -> model.getFileName().toString())
            .toList());
  }

  /** A layer of every kind, and settings that differ from the defaults. */
  private static void write(String version, String name, BackpropRule rule) throws IOException {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.poisson(6).gain(0.8).build())
            .layer(
                new SpikingConvolution2D.Builder(3, 3)
                    .nOut(4)
                    .normalization(new CurrentNormalization())
                    .reset(Reset.bySubtraction())
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.5).build())
            .layer(new SpikingConvolution2D.Builder(2, 2).nOut(5).hasBias(true).leak(0.9).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build())
            .layer(new SpikingDropout.Builder().retain(0.9).build())
            .layer(
                new SpikingDense.Builder()
                    .nOut(8)
                    .threshold(0.5)
                    .reset(Reset.to(-0.1))
                    .initialMembrane(0.2)
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutional(6, 6, 1))
            .build();
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int i = 0; i < 20; i++) {
      network.fit(data());
    }
    Path folder = Files.createDirectories(SAVED.resolve(version));
    ModelSerializer.writeModel(network, folder.resolve(name + ".zip").toFile(), true);
    Files.writeString(folder.resolve(name + ".json"), configuration.toJson());
    Files.writeString(
        folder.resolve(name + ".csv"),
        DoubleStream.of(network.output(features()).ravel().toDoubleVector())
            .mapToObj(Double::toString)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  private static DataSet data() {
    INDArray labels = Nd4j.zeros(6, 3);
    for (int i = 0; i < 6; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    return new DataSet(features(), labels);
  }

  /** The same numbers in every version. */
  private static INDArray features() {
    float[] values = new float[6 * PIXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101) / 101f;
    }
    return Nd4j.create(values, new long[] {6, 1, 6, 6}, 'c');
  }

  private static double[] numbers(Path file) throws IOException {
    return Arrays.stream(Files.readString(file).split("\\R"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static Path beside(Path model, String ending) {
    String name = model.getFileName().toString();
    return model.resolveSibling(name.substring(0, name.length() - ".zip".length()) + ending);
  }
}
