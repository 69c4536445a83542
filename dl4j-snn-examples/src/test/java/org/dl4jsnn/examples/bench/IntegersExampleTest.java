package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

class IntegersExampleTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldPrintWhatItCostsAndWriteArrays() throws IOException {
    Path model = folder.resolve("model.zip");
    MultiLayerNetwork network = SpikingNetworks.mlp(30).steps(5).seed(2).init();
    network.save(model.toFile());
    Path chip = folder.resolve("chip");
    assertEquals(
        0,
        run(
            "--model=" + model,
            "--bits=8",
            "--per-layer",
            "--images=MNIST",
            "--to=" + chip,
            "--save=" + folder.resolve("chip.zip")),
        errors.toString());
    assertEquals(
        network.numParams(),
        MultiLayerNetwork.load(folder.resolve("chip.zip").toFile(), false).numParams());
    List<String> lines = output.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("2000 samples: "), lines.get(0));
    assertTrue(lines.get(0).endsWith(" % equal decisions"), lines.get(0));
    assertTrue(Files.exists(chip.resolve("1.weight.npy")));
  }

  @Test
  void shouldTakeGraphsAndReportNothingWithoutImages() throws IOException {
    Path model = folder.resolve("graph.zip");
    SpikingNetworks.mlp(10).steps(5).seed(2).init().toComputationGraph().save(model.toFile());
    Path chip = folder.resolve("chip");
    assertEquals(
        0,
        run("--model=" + model, "--to=" + chip, "--save=" + folder.resolve("chip.zip")),
        errors.toString());
    assertTrue(output.toString().contains("No report: --images or --data"), output.toString());
    assertTrue(output.toString().contains("integer weights [784, 10]"), output.toString());
    assertTrue(Files.exists(chip.resolve("network.json")));
    assertTrue(
        ModelFile.loadGraph(folder.resolve("chip.zip")).getNumLayers() > 1, "the network is saved");
    assertEquals(0, run("--model=" + model, "--images=MNIST"), errors.toString());
    assertTrue(output.toString().contains("2000 samples: "), output.toString());
  }

  @Test
  void shouldSayWhyImagesDoNotFit() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(4).build())
                .layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.recurrent(6, 5))
                .build());
    network.init();
    Path model = folder.resolve("sound.zip");
    network.save(model.toFile());
    assertEquals(1, run("--model=" + model, "--images=MNIST"));
    String text = errors.toString();
    assertTrue(text.contains("The images do not fit the network: "), text);
    assertTrue(text.contains("[100, 784]"), text);
    assertTrue(text.contains("it was trained on other data"), text);
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertNotEquals(0, run("--model", "model.zip", "--threshold-bits", "1"));
    assertTrue(
        errors.toString().contains("--threshold-bits must be from 2 to 24, got 1"),
        errors.toString());
  }

  @Test
  void shouldNotReplaceTheTrainedModel() throws IOException {
    Path model = folder.resolve("model.zip");
    SpikingNetworks.mlp(4).steps(3).init().save(model.toFile());
    byte[] trained = Files.readAllBytes(model);
    assertEquals(1, run("--model=" + model, "--save=" + model));
    assertTrue(
        errors.toString().contains("--save must be another file than the one it is made from"),
        errors.toString());
    assertArrayEquals(trained, Files.readAllBytes(model));
    assertEquals(1, run("--model=" + model, "--batch=0"));
    assertTrue(errors.toString().contains("--batch must be at least 1, got 0"), errors.toString());
  }

  private int run(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "integers";
    System.arraycopy(options, 0, all, 1, options.length);
    return Examples.commandLine(all)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all);
  }
}
