package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.CifarBytes;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** The commands of {@code bench} for trained networks: bits, integers and steps. */
class BenchCommandsTest {

  private static final int RECORDS = 3;

  @TempDir private Path folder;

  private final CommandLineRun run =
      CommandLineRun.preparing(StepsExample.class, steps -> steps.records = RECORDS);

  private Path saved(Model network) {
    Path model = folder.resolve("model.zip");
    ModelFile.save(network, model);
    return model;
  }

  private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  @Test
  void shouldPrintARowForEveryNumberOfBits() {
    Path model = saved(SpikingNetworks.mlp(30).steps(5).seed(2).init());
    run.assertDone("bits --model %s --bits 16,2", model);
    List<String> lines = run.output().lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.get(2).startsWith("| 32, as trained | "), lines.get(2));
    assertTrue(
        lines.get(3).matches("\\| 16 \\| [\\d.]+ % \\| [\\d.]+ % \\| [\\d,]+ \\|"), lines.get(3));
    assertTrue(lines.get(4).startsWith("| 2 | "), lines.get(4));
  }

  /** What does not depend on spikes; the read-out's weights are used once. */
  @Test
  void shouldPrintTheMetricsOfNeuroBench() {
    MultiLayerNetwork network = SpikingNetworks.mlp(30).steps(5).seed(2).init();
    run.assertDone("neurobench --model %s --batch 4", saved(network));
    String line = run.output().strip();
    assertTrue(line.startsWith("{\"Footprint\":" + (4 * network.numParams() + 20)), line);
    assertTrue(line.contains("\"Dense\":" + (5.0 * 784 * 30 + 30 * 10)), line);
  }

  @Test
  void shouldPrintWhatIntegersCostAndWriteArrays() throws IOException {
    MultiLayerNetwork network = SpikingNetworks.mlp(30).steps(5).seed(2).init();
    Path chip = folder.resolve("chip");
    Path save = folder.resolve("chip.zip");
    run.assertDone(
        "integers --model=%s --bits=8 --per-layer --images=MNIST --to=%s --save=%s",
        saved(network), chip, save);
    assertEquals(network.numParams(), MultiLayerNetwork.load(save.toFile(), false).numParams());
    String first = run.output().lines().findFirst().orElseThrow();
    assertTrue(first.startsWith("2000 samples: "), first);
    assertTrue(first.endsWith(" % equal decisions"), first);
    assertTrue(Files.exists(chip.resolve("1.weight.npy")));
  }

  @Test
  void shouldTakeGraphsAndReportNothingWithoutImages() {
    Path model = saved(SpikingNetworks.mlp(10).steps(5).seed(2).init().toComputationGraph());
    Path chip = folder.resolve("chip");
    Path save = folder.resolve("chip.zip");
    run.assertDone("integers --model=%s --to=%s --save=%s", model, chip, save);
    run.assertPrinted("No report: --images or --data");
    run.assertPrinted("integer weights [784, 10]");
    assertTrue(Files.exists(chip.resolve("network.json")));
    assertTrue(ModelFile.loadGraph(save).getNumLayers() > 1, "the network is saved");
    run.assertDone("integers --model=%s --images=MNIST", model);
    run.assertPrinted("2000 samples: ");
  }

  @Test
  void shouldSayWhyImagesDoNotFit() {
    MultiLayerNetwork network =
        initialised(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(4).build())
                .layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.recurrent(6, 5))
                .build());
    run.assertRefused(
        "The images do not fit the network: ",
        "integers --model=%s --images=MNIST",
        saved(network));
    run.assertComplained("[100, 784]");
    run.assertComplained("it was trained on other data");
  }

  @Test
  void shouldNotReplaceTheTrainedModel() throws IOException {
    Path model = saved(SpikingNetworks.mlp(4).steps(3).init());
    byte[] trained = Files.readAllBytes(model);
    run.assertRefused(
        "--save must be another file than the one it is made from",
        "integers --model=%s --save=%s",
        model,
        model);
    assertArrayEquals(trained, Files.readAllBytes(model));
  }

  @Test
  void shouldReportAccuracyAndOperationsOfEveryStep() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    MultiLayerNetwork network = SpikingNetworks.vgg7().layers("8C3-AP4-20").steps(2).init();
    run.assertDone("steps --data %s --model %s --steps 5", folder, saved(network));
    for (int step = 1; step <= 5; step++) {
      run.assertPrinted("| " + step + " | ");
    }
    double accuracy =
        TimeSteps.change(network, 5)
            .evaluate(CifarFiles.in(folder, RECORDS).test().inOrder(3))
            .accuracy();
    run.assertPrinted(String.format(Locale.ROOT, "| 5 | %.2f %% | 100.0 %% |", 100 * accuracy));
    run.assertPrinted("mean over the first " + RECORDS + " images:");
    run.assertPrinted("| all, 5 steps | ");
  }

  @Test
  void shouldReportEarlierAnswersAndChooseThemOnImagesHeldOut() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    MultiLayerNetwork network =
        SpikingNetworks.vgg7().layers("8C3-AP4-20").loss(ReadOutLoss.CROSS_ENTROPY).steps(2).init();
    Path model = saved(network);
    Path image = folder.resolve("steps.png");
    run.assertDone(
        "steps --data %s --model %s --steps 4 --lose 0.2 --held-out 6 --to %s",
        folder, model, image);
    // No lead of an untrained network reaches it.
    run.assertPrinted("| lead at least 0.9 | ");
    run.assertPrinted("| entropy at most 0.2 | ");
    run.assertPrinted("Chosen on 6 held-out training images, to lose 0.2 points:");
    assertTrue(Files.size(image) > 0);
    run.assertRefused(
        "--held-out must be from 1 to 15, got 16",
        "steps --data %s --model %s --steps 4 --lose 0 --held-out 16",
        folder,
        model);
    run.assertDone(
        "steps --data %s --model %s --steps 2",
        folder, saved(SpikingNetworks.vgg7().layers("8C3-AP4-20").steps(2).init()));
    run.assertPrinted("No confidence: the outputs are no probabilities");
  }

  @Test
  void shouldRefuseModelsWithoutAnswersOverTime() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    run.assertRefused(
        "Cannot find a model at", "steps --data %s --model %s/none.zip", folder, folder);
    Path model =
        saved(
            initialised(
                new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(SpikeEncoding.direct(3).build())
                    .layer(new SpikingDense.Builder().nOut(4).build())
                    .layer(new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build())
                    .layer(
                        new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                    .setInputType(InputType.convolutional(32, 32, 3))
                    .build()));
    run.assertRefused(
        "--model must name a network whose read-out follows spiking neurons, got " + model,
        "steps --data %s --model %s --steps 3",
        folder,
        model);
  }
}
