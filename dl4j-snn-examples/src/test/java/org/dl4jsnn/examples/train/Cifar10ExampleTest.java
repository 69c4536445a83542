package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.convert.Scales;
import org.dl4jsnn.convert.SpikingConversion;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.CifarBytes;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.ResidualJoin;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

@Tag("slow")
class Cifar10ExampleTest {

  private static final int RECORDS = 4;
  private static final String FEW = " --epochs 1 --train 4 --test 3";

  @TempDir private Path folder;

  /** VGG7 itself, whose millions of weights take many seconds to draw, to train and to save. */
  private boolean wide;

  private final CommandLineRun run =
      CommandLineRun.preparing(
          Cifar10Example.class,
          example -> {
            example.records = RECORDS;
            assertEquals("vgg7", example.layers);
            if (!wide) {
              example.layers = "8C3-8C3-AP2-16C3-16C3-16C3-MP2-64";
            }
          });
  private Path model;

  @BeforeEach
  void writeImages() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    model = folder.resolve("model.zip");
    run.setDefaults("--steps=2 --data=%s --model=%s", folder, model);
  }

  @Test
  void shouldTrainVgg7AndSaveIt() throws IOException {
    wide = Cases.all();
    run.assertDone(
        "cifar10 --encoding direct --normalize --loss cross-entropy --schedule cosine" + FEW);
    run.assertPrinted("4 training, 0 held out and 3 test images");
    String epoch = "Epoch 1 of 1: loss \\S+, test accuracy \\S+ %";
    assertTrue(run.output().lines().anyMatch(line -> line.matches(epoch)), run.output());
    run.assertPrinted("Saved to " + model.toAbsolutePath());
    INDArray weights = ModelFile.load(model).getLayer("conv1").getParam("W");
    assertEquals(wide ? 64 : 8, weights.size(0));
    assertTrue(Files.readAllLines(TrainingFiles.log(model)).get(1).startsWith("1,1,"));
  }

  @Test
  void shouldResumeBitForBitAndHeedHoldOutAndAugmentation() {
    Path straight = resumed("straight", untrainedSmallNetwork(), 2);
    run.assertPrinted("16 training, 4 held out and 4 test images");
    run.assertPrinted("held-out accuracy");
    run.assertPrinted("Model chosen on 4 held-out images");
    Path half = resumed("half", untrainedSmallNetwork(), 1);
    Path resumed = resumed("resumed", half, 2);
    run.assertPrinted("after epoch 1 of 2");
    ShortTraining.assertSame(straight, resumed);
    ShortTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(resumed));
    Path plain = resumed("plain", untrainedSmallNetwork(), 1, "--no-augmentation");
    assertNotEquals(ModelFile.load(half).params(), ModelFile.load(plain).params());
    ShortTraining.assertSame(
        plain, resumed("last-plain", untrainedSmallNetwork(), 1, "--plain-epochs=1"));
  }

  @Test
  void shouldTrainByTheBestRecipeAndThenByTheSparseOne() {
    run.assertDone("cifar10 --recipe best --dropout 0.25" + FEW);
    Path best = TrainingFiles.average(model);
    run.assertPrinted("Saved to " + best.toAbsolutePath());
    String common = "\"initialMembrane\" : 1.0;\"saturationGate\" : true;WeightDecay;";
    assertConfigured(best, common + "\"retain\" : 0.75");
    Path sparse = folder.resolve("sparse.zip");
    run.assertDone("cifar10 --recipe sparse --from %s --model %s" + FEW, best, sparse);
    assertConfigured(TrainingFiles.average(sparse), common + "\"strength\" : 2.0E-9");
  }

  private static void assertConfigured(Path model, String parts) {
    String configuration = configuration(model);
    for (String part : parts.split(";")) {
      assertTrue(configuration.contains(part), configuration);
    }
  }

  private static String configuration(Path model) {
    return ModelFile.load(model).getLayerWiseConfigurations().toJson();
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainAResidualNetworkAndThenForFewBits(ResidualJoin join) {
    String residual = "cifar10 --network 4C3-4B3-8B3/2-GAP --join " + join + FEW;
    run.assertDone(residual);
    ComputationGraph network = ModelFile.loadGraph(model);
    SpikeEncoding encoding = (SpikeEncoding) network.getLayer("encoding").conf().getLayer();
    assertEquals("direct, T 2, gain 1.0", encoding.getEncoder().toString());
    assertTrue(network.getLayer("conv1").paramTable().containsKey(CurrentNormalization.GAIN));
    Path rounded = folder.resolve("rounded.zip");
    run.assertDone("cifar10 --from %s --bits 4 --model %s" + FEW, model, rounded);
    INDArray channel = ModelFile.loadGraph(rounded).getLayer("conv1").getParam("W").slice(0);
    double[] weights = channel.dup('c').data().asDouble();
    assertTrue(Arrays.stream(weights).distinct().count() <= 15, Arrays.toString(weights));
    run.assertDone(residual + " --from %s --model %s", model, folder.resolve("again.zip"));
  }

  @Test
  void shouldConvertAResidualNetworkWithoutSpikes() {
    String residual = "cifar10 --network 4C3-4B3-8B3/2-GAP" + FEW;
    run.assertDone(residual + " --conventional --join add");
    assertFalse(ModelFile.loadGraph(model).getConfiguration().toJson().contains("Spiking"));
    Path converted = folder.resolve("converted.zip");
    run.assertDone(residual + " --from %s --model %s", model, converted);
    assertTrue(ModelFile.loadGraph(converted).getConfiguration().toJson().contains("Spiking"));
  }

  @Test
  void shouldStartFromTheSameResidualNetworkWithoutSpikes() throws IOException {
    String residual = "cifar10 --network 4C3-4B3-AP2-8B3/2-GAP --recipe best" + FEW;
    run.assertDone(residual + " --conventional");
    ComputationGraph trained = ModelFile.loadGraph(model);
    Path spiking = folder.resolve("spiking.zip");
    run.assertDone(residual + " --learning-rate 1e-9 --from %s --model %s", model, spiking);
    ComputationGraph network = ModelFile.loadGraph(spiking);
    for (String layer : List.of("conv1", "block1-conv2", "block2-shortcut")) {
      assertClose(trained.getParam(layer + "_W"), network.getParam(layer + "_W"));
    }
    assertClose(trained.getParam("readout_W").mul(2), network.getParam("readout_W"));
    assertEquals(1, paddingAbove(network));
    ConvolutionLayer strided =
        (ConvolutionLayer) trained.getLayer("block2-conv1").conf().getLayer();
    strided.setConvolutionMode(ConvolutionMode.Same);
    Path padded = folder.resolve("padded.zip");
    ModelFile.save(trained, padded);
    run.assertDone(residual + " --from %s --model %s", padded, spiking);
    assertEquals(0, paddingAbove(ModelFile.loadGraph(spiking)));
    run.assertRefused(
        "--join must be currents with --from and a network without spikes whose blocks join",
        residual + " --join add --from %s --model %s",
        model,
        spiking);
    run.assertRefused(
        "Possible cause: --normalize, --join or --loss is another",
        residual + " --join add --from %s --model %s",
        spiking,
        folder.resolve("add.zip"));
    run.assertRefused(
        "--join must not be given with --conventional, which has no spikes",
        residual + " --conventional --join iand");
  }

  /** Of the strided convolution, over its 16 rows. */
  private static int paddingAbove(ComputationGraph network) {
    SpikingConvolution2D layer =
        (SpikingConvolution2D) network.getLayer("block2-conv1").conf().getLayer();
    return layer.getWindow().rows().paddingBefore(16);
  }

  @Test
  void shouldLearnFromATeacher() {
    String small = "cifar10 --network 4C3-AP4-8 --recipe best --warm-up 0" + FEW;
    Path teacher = folder.resolve("teacher.zip");
    run.assertDone(small + " --conventional --model %s", teacher);
    run.assertDone(small);
    INDArray untaught = ModelFile.load(model).params();
    run.assertDone(small + " --teacher %s", teacher);
    assertNotEquals(untaught, ModelFile.load(model).params());
    run.assertRefused("--teacher-share must not be given without", small + " --teacher-share 0.3");
    Path digits = folder.resolve("digits.zip");
    ModelFile.save(SpikingNetworks.lenet5().pretrained(), digits);
    run.assertRefused(
        "--teacher must name a network for the samples of this training, got " + digits,
        small + " --teacher %s",
        digits);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertTrue(expected.distance2(actual) < 1e-5 * expected.norm2Number().doubleValue());
  }

  @Test
  void shouldTrainTheSameLayersWithoutSpikes() {
    String conventional = "cifar10 --recipe best --conventional --dropout 0.25" + FEW;
    run.assertDone(conventional);
    MultiLayerNetwork network = ModelFile.load(TrainingFiles.average(model));
    assertEquals("conv1", network.getLayer(0).conf().getLayer().getLayerName());
    String configuration = network.getLayerWiseConfigurations().toJson();
    assertFalse(configuration.contains("Spiking"), configuration);
    assertTrue(configuration.contains("\"p\" : 0.75"), configuration);
    String withoutSpikes = " must not be given for a network without spikes";
    run.assertRefused("--health" + withoutSpikes, conventional + " --health h.csv");
    run.assertRefused("--balance" + withoutSpikes, conventional + " --balance 0.1");
    String more = "cifar10 --train 4 --test 3 --epochs 2 --resume %s";
    run.assertRefused("got one that does not begin with a SpikeEncoding", more, model);
    Path spiking = folder.resolve("spiking.zip");
    run.assertDone("cifar10 --model %s" + FEW, spiking);
    run.assertRefused(
        "got one that begins with a SpikeEncoding", more + " --conventional", spiking);
  }

  @Test
  void shouldStartFromTheConversionOfANetworkWithoutSpikes() throws IOException {
    Path conventional = folder.resolve("conventional.zip");
    ModelFile.save(untrainedWithoutSpikes(), conventional);
    run.assertDone("cifar10 --l2 3e-3 --from %s" + FEW, conventional);
    assertTrue(configuration(model).contains("L2Regularization"), configuration(model));
    String start = "cifar10 --from %s --weight-decay 5e-2";
    run.assertDone(start + FEW, conventional);
    MultiLayerNetwork before =
        SpikingConversion.of(ModelFile.load(conventional))
            .calibrate(CifarFiles.in(folder, RECORDS).training().range(0, 4).inOrder(100))
            .scales(Scales.meanSquare())
            .steps(2)
            .convert()
            .network();
    MultiLayerNetwork after = ModelFile.load(model);
    assertTrue(after.paramTable().keySet().containsAll(before.paramTable().keySet()));
    assertTrue(configuration(model).contains("WeightDecay"), configuration(model));
    INDArray weights = before.getParam("1_W");
    double moved = after.getParam("1_W").distance2(weights) / weights.norm2Number().doubleValue();
    assertTrue(moved > 0 && moved < 0.1, "" + moved);
    Map<String, String> refused =
        Map.of(
            "--from must not be given with --conventional", " --conventional",
            "--dropout must be 0 with --from and a network without spikes", " --dropout 0.5",
            "--price must be 0 with --from and a network without spikes", " --price 1e-9",
            "--bits must be 0 with --from and a network without spikes", " --bits 4",
            "--from must not be given with --resume", " --resume=" + model,
            "--balance must not be given with --from", " --balance 0.1");
    refused.forEach((message, more) -> run.assertRefused(message, start + more, conventional));
    for (Path own : List.of(model, TrainingFiles.average(model), Path.of(model + ".old"))) {
      Files.copy(conventional, own, StandardCopyOption.REPLACE_EXISTING);
      run.assertRefused(
          "--from must name a file that the training does not replace, got " + own,
          "cifar10 --from %s",
          own);
    }
    run.assertRefused(
        "--teacher must name a file that the training does not replace, got " + model,
        "cifar10 --teacher %s",
        model);
    run.assertRefused("Cannot find a model at", "cifar10 --from %s/none.zip", folder);
  }

  @Test
  void shouldStartFromANetworkWithFoldedNormalisation() {
    Path trained = folder.resolve("trained.zip");
    String plain = "cifar10 --encoding direct --learning-rate 1e-9" + FEW;
    run.assertDone(plain + " --normalize --model %s", trained);
    Path folded = folder.resolve("folded.zip");
    ModelFile.save(NormalizationFolding.fold(ModelFile.load(trained)), folded);
    run.assertDone(plain + " --normalize --dropout 0.25 --from %s", folded);
    assertSameWeights(folded);
    assertTrue(ModelFile.load(model).getLayerNames().contains("dense-dropout"));
    run.assertRefused(
        "--from must name a network whose layer 'conv1' has the parameters W [8, 3, 3, 3], slope"
            + " [1], got W [8, 3, 3, 3], gamma [8], beta [8], mean [8], var [8], slope [1] of "
            + folded,
        plain + " --from %s",
        folded);
    // Weights that are not folded are taken as they are.
    run.assertDone(plain + " --normalize --from %s", trained);
    assertSameWeights(trained);
  }

  @Test
  void shouldTrainForWeightsOfFewBits() {
    run.assertDone("cifar10 --encoding direct --normalize" + FEW);
    Path trained = folder.resolve("trained.zip");
    ModelFile.save(ModelFile.load(model), trained);
    run.assertDone("cifar10 --bits 3 --from %s" + FEW, trained);
    MultiLayerNetwork few = ModelFile.load(model);
    assertEquals(WeightQuantization.toBits(3).quantize(few).params(), few.params());
    assertFalse(few.getLayerWiseConfigurations().toJson().contains("CurrentNormalization"));
    MultiLayerNetwork rounded = WeightQuantization.toBits(3).quantize(ModelFile.load(trained));
    assertNotEquals(rounded.params(), few.params());
    run.assertRefused(
        "--bits must not be given without --from, a trained network, got 3",
        "cifar10 --bits 3" + FEW);
    Path more = folder.resolve("more.zip");
    run.assertDone(
        "cifar10 --bits 3 --train 4 --test 3 --epochs 2 --resume %s --model %s", model, more);
    few = ModelFile.load(more);
    assertEquals(WeightQuantization.toBits(3).quantize(few).params(), few.params());
    run.assertRefused(
        "--bits must not be given with --average-weights",
        "cifar10 --bits 3 --average-weights 0.9 --from %s" + FEW,
        trained);
    run.assertRefused("--bits must be from 2 to 16, got 1", "cifar10 --bits 1 --from %s", trained);
  }

  private void assertSameWeights(Path from) {
    INDArray weights = ModelFile.load(model).getLayer("conv2").getParam("W");
    assertTrue(ModelFile.load(from).getLayer("conv2").getParam("W").equalsWithEps(weights, 1e-6));
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

  @Test
  void shouldHeedAugmentationCutoutAndSmoothing() {
    List<INDArray> learned = new ArrayList<>();
    for (String options :
        List.of(
            "--augmentation none",
            "--augmentation none --label-smoothing 0.2",
            "--augmentation crops",
            "--augmentation crops --cutout 12",
            "--augmentation auto")) {
      Path trained = resumed("trained", untrainedSmallNetwork(), 1, options);
      INDArray parameters = ModelFile.load(trained).params();
      learned.forEach(other -> assertNotEquals(other, parameters, options));
      learned.add(parameters);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          --batch 0, `--batch must be at least 1, got 0`
          --plain-epochs 11, `--plain-epochs must be from 0 to 10, got 11`
          --augmentation none --cutout 8, --cutout must be 0 with --augmentation none
          --train 21, `--train must be from 1 to 20, got 21`
          --network 8C3--8, `--network must be written like`
          --join and, `--join must not be given without residual blocks in --network, got and`
          --test 0, `--test must be from 1 to 4, got 0`
          --train 10 --hold-out 10, `--hold-out must be from 0 to 9, got 10`
          --threshold=-0.5, `threshold must be positive and finite, got -0.5`
          """)
  void shouldExplainBadOptions(String options, String message) {
    run.assertRefused(message, "cifar10 " + options);
  }

  /**
   * VGG7 takes seconds to save; the example resumes any network with the same inputs and outputs.
   */
  private Path untrainedSmallNetwork() {
    Path file = folder.resolve("untrained.zip");
    ModelFile.save(
        SpikingNetworks.vgg7()
            .layers("8C3-AP4-20")
            .threshold(1)
            .steps(2)
            .updater(new Adam(1e-3))
            .init(),
        file);
    return file;
  }

  /** The model of a training that goes on from another one up to an epoch. */
  private Path resumed(String name, Path from, int epochs, String... more) {
    Path to = folder.resolve(name + ".zip");
    run.assertDone(
        "cifar10 --batch 5 --hold-out 4 --resume %s --model %s --epochs %s "
            + String.join(" ", more),
        from,
        to,
        epochs);
    return to;
  }
}
