package org.dl4jsnn.examples.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.examples.train.ConventionalNetwork;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class OnnxRuntimeTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  /** Trained for a few minibatches, so that batch normalisation has something to fold. */
  private static MultiLayerNetwork trained(String layers) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-2)),
                NetworkNotation.parse(layers),
                InputType.convolutionalFlat(28, 28, 1),
                10,
                1));
    network.init();
    network.fit(digits());
    return network;
  }

  private static DataSetIterator digits() {
    return MnistFiles.embedded().training().range(0, 1000).inOrder(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4C3-AP2-6C5-MP2-20", "3C4-MP3-5C3-AP2-12-8", "12"})
  void shouldComputeWhatDeeplearning4jComputes(String layers) {
    MultiLayerNetwork network = trained(layers);
    List<RivalSide> sides = OnnxRuntime.sides(network, digits(), 2);
    for (int count : new int[] {7, 1}) {
      INDArray images = MnistFiles.embedded().test().inOrder(count).next().getFeatures();
      float[][] expected = network.output(images).toFloatMatrix();
      float[][] floats = ((OnnxSide) sides.get(0)).outputs(images);
      float[][] bytes = ((OnnxSide) sides.get(1)).outputs(images);
      for (int i = 0; i < count; i++) {
        assertArrayEquals(expected[i], floats[i], 1e-4f);
        assertArrayEquals(expected[i], bytes[i], 0.1f);
        assertNotEquals(floats[i][0], bytes[i][0], "int8 rounds");
      }
    }
    sides.forEach(RivalSide::close);
  }

  @Test
  void shouldRefuseOtherLayers() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder(LossFunction.XENT).nOut(10).activation(Activation.SIGMOID).build())
                .setInputType(InputType.feedForward(784))
                .build());
    network.init();
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> OnnxRuntime.sides(network, digits(), 1));
    assertTrue(error.getMessage().endsWith("got layer 0, ActivationSigmoid"), error.getMessage());
  }

  @Test
  void shouldPrintALineForEverySideAndTheRatios() throws IOException {
    MultiLayerNetwork rival = trained("20C5-AP2-50C5-AP2-200");
    Path model = folder.resolve("rival.zip");
    ModelFile.save(rival, model);
    List<Map<?, ?>> lines =
        lines("--rival-model %s --rounds 2 --batch 50 --single 2 --test 300", model);
    assertEquals(6, lines.size());
    List<Map<?, ?>> sides = lines.subList(0, 4);
    assertEquals(
        List.of(
            "MultiLayerNetwork.output",
            "ONNX Runtime float32",
            "SpikingModel.run",
            "ONNX Runtime int8"),
        sides.stream().map(line -> ("" + line.get("engine")).replaceAll(" [\\d.]+,", "")).toList());
    for (Map<?, ?> line : sides) {
      assertTrue((double) line.get("images_per_s") > 0, line::toString);
      double median = (double) line.get("latency_ms_median");
      assertTrue((double) line.get("latency_ms_p99") >= median, line::toString);
    }
    Digits test = MnistFiles.embedded().test().range(0, 300);
    double accuracy = rival.evaluate(test.inOrder(50)).accuracy();
    assertEquals(accuracy, (double) sides.get(1).get("accuracy"), 1e-9);
    assertEquals(accuracy, (double) sides.get(3).get("accuracy"), 0.02);
    assertEquals(sides.get(0).get("accuracy"), sides.get(2).get("accuracy"));
    assertEquals(8.0, sides.get(0).get("mean_steps"));
    assertEquals(
        Set.of("rival", "ratio_images_per_s", "ratio_latency"), lines.get(5).keySet());
  }

  @Test
  void shouldTakeTurnsWithAnotherProgramAndNotSpeakOfTheAccuracyOfRandomWeights()
      throws IOException {
    MnistFolder.write(folder, 8, 4);
    Path line = folder.resolve("line");
    Files.writeString(line, "{\"engine\":\"Other\",\"images_per_s\":1,\"latency_ms_median\":1}");
    List<Map<?, ?>> lines =
        lines(
            "--data %s --rounds 1 --batch 4 --single 1 --compare %s", folder, "cat '" + line + "'");
    assertEquals(
        List.of("Other", "Other"),
        List.of(lines.get(0).get("engine"), lines.get(7).get("rival")));
    assertTrue(lines.get(2).containsKey("accuracy"));
    assertNull(lines.get(2).get("accuracy"));
  }

  @Test
  void shouldStopOurAnswersWhenTheyAreSure() throws IOException {
    List<Map<?, ?>> lines =
        lines("--rounds 1 --batch 50 --single 1 --test 100 --until-sure 0.3");
    assertEquals("EarlyAnswers.of", lines.get(0).get("engine"));
    double steps = (double) lines.get(0).get("mean_steps");
    assertTrue(steps >= 1 && steps < 8, lines::toString);
    assertEquals(steps, lines.get(2).get("mean_steps"));
    assertEquals(lines.get(0).get("accuracy"), lines.get(2).get("accuracy"));
  }

  private List<Map<?, ?>> lines(String options, Object... values) throws IOException {
    run.assertDone("rival --network lenet5 " + options, values);
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : run.output().lines().toList()) {
      lines.add(new ObjectMapper().readValue(line, Map.class));
    }
    return lines;
  }

  @Test
  void shouldRefuseNetworksOfOtherShapes() {
    Path model = folder.resolve("model.zip");
    ModelFile.save(SpikingNetworks.mlp(30).init(), model);
    run.assertRefused(
        "--model must have weights of the rival's shapes, [[20, 1, 5, 5], ",
        "rival --network lenet5 --model %s",
        model);
  }

  @Test
  void shouldCompareStreams() throws IOException {
    Path recordings = folder.resolve("recordings");
    run.assertDone("events simulate --to %s --first 62 --test-first 62", recordings);
    run.clear();
    run.assertDone(
        "rival --stream --recordings %s --rivals %s --epochs 1 --test 3 --slices 5.25",
        recordings,
        folder.resolve("rivals"));
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : run.output().lines().filter(text -> text.startsWith("{")).toList()) {
      lines.add(new ObjectMapper().readValue(line, Map.class));
    }
    // Two of ours, six networks in two precisions; a ratio for each of theirs; seven densities.
    assertEquals(14 + 12 + 7 * 13, lines.size());
    for (Map<?, ?> line : lines.subList(0, 14)) {
      assertTrue((double) line.get("step_us_p99") >= (double) line.get("step_us_median"));
      assertTrue(((Number) line.get("additions")).longValue() > 0, line::toString);
    }
    assertTrue((double) lines.get(0).get("accuracy") > 0.6, lines::toString);
    assertEquals(lines.get(0).get("accuracy"), lines.get(1).get("accuracy"));
    run.assertRefused(
        "--stream has rivals of its own", "rival --stream --network lenet5");
  }
}
