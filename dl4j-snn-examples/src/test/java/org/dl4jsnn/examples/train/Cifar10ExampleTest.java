package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.data.CifarBytes;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.NetworkNotation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine;

@Tag("slow")
class Cifar10ExampleTest {

  private static final int RECORDS = 4;

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  /** VGG7 itself takes seconds to train and to save. */
  private boolean narrow = true;

  @Test
  void shouldTrainVgg7AndSaveIt() throws IOException {
    narrow = false;
    CifarBytes.writeAll(folder, RECORDS);
    Path model = folder.resolve("model.zip");
    String[] options = {
      "--epochs",
      "1",
      "--train",
      "4",
      "--test",
      "3",
      "--model",
      "" + model,
      "--encoding",
      "direct",
      "--normalize",
      "--loss",
      "cross-entropy",
      "--schedule",
      "cosine"
    };
    assertEquals(0, run(options), errors.toString());
    assertContains(output, "4 training, 0 held out and 3 test images");
    String epoch = "Epoch 1 of 1: loss \\S+, test accuracy \\S+ %";
    assertTrue(output.toString().lines().anyMatch(line -> line.matches(epoch)), "" + output);
    assertContains(output, "Saved to " + model.toAbsolutePath());
    assertEquals(64, ModelFile.load(model).getLayer("conv1").getParam("W").size(0));
    assertTrue(Files.readAllLines(TrainingFiles.log(model)).get(1).startsWith("1,1,"));
  }

  @Test
  void shouldResumeBitForBitAndHeedHoldOutAndAugmentation() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    Path straight = folder.resolve("straight.zip");
    resume(untrainedSmallNetwork(), straight, 2);
    assertContains(output, "16 training, 4 held out and 4 test images");
    assertContains(output, "held-out accuracy");
    assertContains(output, "Model chosen on 4 held-out images");

    Path half = folder.resolve("half.zip");
    resume(untrainedSmallNetwork(), half, 1);
    Path resumed = folder.resolve("resumed.zip");
    resume(half, resumed, 2);
    assertContains(output, "after epoch 1 of 2");
    assertSameParameters(straight, resumed);
    assertSameParameters(TrainingFiles.best(straight), TrainingFiles.best(resumed));

    Path plain = folder.resolve("plain.zip");
    resume(untrainedSmallNetwork(), plain, 1, "--no-augmentation");
    assertNotEquals(ModelFile.load(half).params(), ModelFile.load(plain).params());
    Path lastPlain = folder.resolve("last-plain.zip");
    resume(untrainedSmallNetwork(), lastPlain, 1, "--plain-epochs", "1");
    assertSameParameters(plain, lastPlain);
  }

  @Test
  void shouldTrainByTheBestRecipe() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    Path model = folder.resolve("model.zip");
    assertEquals(
        0,
        run(
            "--recipe",
            "best",
            "--dropout",
            "0.25",
            "--epochs",
            "1",
            "--train",
            "4",
            "--test",
            "3",
            "--model",
            "" + model),
        errors.toString());
    assertContains(output, "Saved to " + TrainingFiles.average(model).toAbsolutePath());
    MultiLayerNetwork network = ModelFile.load(TrainingFiles.average(model));
    String configuration = network.getLayerWiseConfigurations().toJson();
    assertTrue(configuration.contains("\"initialMembrane\" : 1.0"), configuration);
    assertTrue(configuration.contains("\"saturationGate\" : true"), configuration);
    assertTrue(configuration.contains("WeightDecay"), configuration);
    assertTrue(configuration.contains("\"retain\" : 0.75"), configuration);
  }

  @Test
  void shouldTrainTheSameLayersWithoutSpikes() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    Path model = folder.resolve("model.zip");
    String[] options = {"--recipe", "best", "--conventional", "--dropout", "0.25", "--epochs", "1"};
    String[] few = {"--train", "4", "--test", "3", "--model", "" + model};
    assertEquals(0, run(with(options, few)), "" + errors);
    MultiLayerNetwork network = ModelFile.load(TrainingFiles.average(model));
    assertEquals("conv1", network.getLayer(0).conf().getLayer().getLayerName());
    String configuration = network.getLayerWiseConfigurations().toJson();
    assertFalse(configuration.contains("Spiking"), configuration);
    assertTrue(configuration.contains("\"p\" : 0.75"), configuration);
    String withoutSpikes = " must not be given for a network without spikes";
    assertRefused("--health" + withoutSpikes, with(with(options, few), "--health", "h.csv"));
    assertRefused("--balance" + withoutSpikes, with(with(options, few), "--balance", "0.1"));
    String[] resumed = with(few, "--epochs", "2", "--resume", "" + model);
    assertRefused("got one that does not begin with a SpikeEncoding", resumed);
    Path spiking = folder.resolve("spiking.zip");
    String[] spikes = {"--train", "4", "--test", "3", "--model", "" + spiking};
    assertEquals(0, run(with(spikes, "--epochs", "1")), "" + errors);
    assertRefused(
        "got one that begins with a SpikeEncoding",
        with(spikes, "--conventional", "--epochs", "2", "--resume", "" + spiking));
  }

  @Test
  void shouldStartFromTheConversionOfANetworkWithoutSpikes() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    Path conventional = folder.resolve("conventional.zip");
    ModelFile.save(untrainedWithoutSpikes(), conventional);
    String[] few = {"--epochs", "1", "--train", "4", "--test", "3"};
    Path model = folder.resolve("model.zip");
    String[] from = {"--from", "" + conventional, "--model", "" + model};
    assertEquals(0, run(with(with(few, from), "--l2", "3e-3")), "" + errors);
    String regularised = ModelFile.load(model).getLayerWiseConfigurations().toJson();
    assertTrue(regularised.contains("L2Regularization"), regularised);
    String[] start = with(from, "--weight-decay", "5e-2");
    assertEquals(0, run(with(few, start)), "" + errors);
    MultiLayerNetwork before =
        SpikingConversion.of(ModelFile.load(conventional))
            .calibrate(CifarFiles.in(folder, RECORDS).training().take(4).inOrder(100))
            .scales(Scales.meanSquare())
            .steps(2)
            .convert()
            .network();
    MultiLayerNetwork after = ModelFile.load(model);
    assertTrue(after.paramTable().keySet().containsAll(before.paramTable().keySet()));
    String configuration = after.getLayerWiseConfigurations().toJson();
    assertTrue(configuration.contains("WeightDecay"), configuration);
    INDArray weights = before.getParam("1_W");
    double moved = after.getParam("1_W").distance2(weights) / weights.norm2Number().doubleValue();
    assertTrue(moved > 0 && moved < 0.1, "" + moved);
    assertRefused("--from must not be given with --conventional", with(start, "--conventional"));
    assertRefused(
        "--dropout must be 0 with --from and a network without spikes",
        with(start, "--dropout", "0.5"));
    assertRefused("--from must not be given with --resume", with(start, "--resume", "" + model));
    assertRefused("--balance must not be given with --from", with(start, "--balance", "0.1"));
    for (Path own : List.of(model, TrainingFiles.average(model), Path.of(model + ".old"))) {
      Files.copy(conventional, own, StandardCopyOption.REPLACE_EXISTING);
      assertRefused(
          "--from must name a file that the training does not replace, got " + own,
          "--from",
          "" + own,
          "--model",
          "" + model);
    }
    assertRefused("Cannot find a model at", "--from", "" + folder.resolve("none.zip"));
  }

  @Test
  void shouldStartFromANetworkWithFoldedNormalisation() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    Path trained = folder.resolve("trained.zip");
    String[] few = {"--epochs", "1", "--train", "4", "--test", "3"};
    String[] plain = with(few, "--encoding", "direct", "--learning-rate", "1e-9");
    String[] first = with(plain, "--normalize", "--model", "" + trained);
    assertEquals(0, run(first), "" + errors);
    Path folded = folder.resolve("folded.zip");
    ModelFile.save(NormalizationFolding.fold(ModelFile.load(trained)), folded);
    Path model = folder.resolve("model.zip");
    String[] from = {"--from", "" + folded, "--model", "" + model};

    assertEquals(0, run(with(with(plain, from), "--normalize", "--dropout", "0.25")), "" + errors);
    MultiLayerNetwork network = ModelFile.load(model);
    INDArray weights = network.getLayer("conv2").getParam("W");
    assertTrue(ModelFile.load(folded).getLayer("conv2").getParam("W").equalsWithEps(weights, 1e-6));
    assertTrue(network.getLayerNames().contains("dense-dropout"));
    assertRefused(
        "--from must name a network whose layer 'conv1' has the parameters W [8, 3, 3, 3], slope"
            + " [1], got W [8, 3, 3, 3], gamma [8], beta [8], mean [8], var [8], slope [1] of "
            + folded,
        with(plain, from));

    // Weights that are not folded are taken as they are.
    from[1] = "" + trained;
    assertEquals(0, run(with(with(plain, from), "--normalize")), "" + errors);
    weights = ModelFile.load(model).getLayer("conv2").getParam("W");
    assertTrue(
        ModelFile.load(trained).getLayer("conv2").getParam("W").equalsWithEps(weights, 1e-6));
  }

  private static MultiLayerNetwork untrainedWithoutSpikes() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)),
                NetworkNotation.parse("4C3-AP2-8C3-MP2-16"),
                InputType.convolutional(32, 32, 3),
                10,
                1));
    network.init();
    return network;
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void shouldHeedAugmentationCutoutAndSmoothing() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    String[][] options = {
      {"--augmentation", "none"},
      {"--augmentation", "none", "--label-smoothing", "0.2"},
      {"--augmentation", "crops"},
      {"--augmentation", "crops", "--cutout", "12"},
      {"--augmentation", "auto"}
    };
    List<INDArray> learned = new ArrayList<>();
    for (String[] more : options) {
      Path model = folder.resolve("trained.zip");
      resume(untrainedSmallNetwork(), model, 1, more);
      INDArray parameters = ModelFile.load(model).params();
      for (int i = 0; i < learned.size(); i++) {
        assertNotEquals(
            learned.get(i),
            parameters,
            String.join(" ", more) + " as " + String.join(" ", options[i]));
      }
      learned.add(parameters);
    }
  }

  @Test
  void shouldSayWhatToDoWithoutData() {
    assertEquals(1, commandLine().execute("cifar10"));
    assertContains(errors, "--data must name the folder of CIFAR-10, got none");
    assertContains(errors, "data_batch_1.bin to data_batch_5.bin and test_batch.bin");
    assertContains(errors, "https://www.cs.toronto.edu/~kriz/cifar.html");
    assertContains(errors, "snn train cifar10 --data");
  }

  @Test
  void shouldExplainBadOptions() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    assertRefused("--epochs must be at least 1, got 0", "--epochs", "0");
    assertRefused("--batch must be at least 1, got 0", "--batch", "0");
    assertRefused("--plain-epochs must be from 0 to 10, got 11", "--plain-epochs", "11");
    assertRefused(
        "--cutout must be 0 with --augmentation none", "--augmentation", "none", "--cutout", "8");
    assertRefused("--train must be from 1 to 20, got 21", "--train", "21");
    assertRefused("--test must be from 1 to 4, got 0", "--test", "0");
    assertRefused("--hold-out must be from 0 to 9, got 10", "--train", "10", "--hold-out", "10");
    assertRefused("--learning-rate must be positive and finite, got -1.0", "--learning-rate=-1");
    assertRefused("threshold must be positive and finite, got -0.5", "--threshold=-0.5");
    assertRefused("Cannot find a model at", "--resume", folder.resolve("none.zip").toString());
  }

  private void assertRefused(String message, String... options) {
    errors.getBuffer().setLength(0);
    assertEquals(1, run(options));
    assertContains(errors, message);
  }

  private static void assertContains(StringWriter text, String part) {
    assertTrue(text.toString().contains(part), text.toString());
  }

  /**
   * VGG7 takes seconds to save; the example resumes any network with the same inputs and outputs.
   */
  private Path untrainedSmallNetwork() {
    Path file = folder.resolve("untrained.zip");
    ModelFile.save(SmallColourNetwork.untrained(), file);
    return file;
  }

  private void resume(Path from, Path to, int epochs, String... more) {
    Stream<String> options =
        Stream.of("--resume", "" + from, "--model", "" + to, "--epochs", "" + epochs);
    Stream<String> common = Stream.of("--batch", "5", "--hold-out", "4");
    String[] all =
        Stream.concat(Stream.concat(options, common), Stream.of(more)).toArray(String[]::new);
    assertEquals(0, run(all), errors.toString());
  }

  private static void assertSameParameters(Path one, Path other) {
    MultiLayerNetwork first = ModelFile.load(one);
    MultiLayerNetwork second = ModelFile.load(other);
    assertSameBits(first.params(), second.params());
    assertSameBits(first.getUpdater().getStateViewArray(), second.getUpdater().getStateViewArray());
    assertEquals(first.getEpochCount(), second.getEpochCount());
  }

  private int run(String... options) {
    Stream<String> common = Stream.of("cifar10", "--steps", "2", "--data", folder.toString());
    return commandLine().execute(Stream.concat(common, Stream.of(options)).toArray(String[]::new));
  }

  private CommandLine commandLine() {
    CommandLine examples =
        Examples.commandLine("cifar10")
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true));
    Cifar10Example example = examples.getSubcommands().get("cifar10").getCommand();
    example.records = RECORDS;
    if (narrow) {
      example.layers = NetworkNotation.parse("8C3-8C3-AP2-16C3-16C3-16C3-MP2-64");
    }
    return examples;
  }
}
