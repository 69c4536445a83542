package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.NetworkNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class TrainingOptionsTest {

  @TempDir private Path folder;

  @Test
  void shouldExplainBadOptions() {
    assertError(
        "--hold-out must be at least 1 with --patience, got 0. Possible cause: none was"
            + " given; accuracy on the test samples must not decide when to stop",
        "--patience=2");
    assertError("--patience must be at least 0, got -1", "--patience=-1");
    assertError(
        "--checkpoint-minutes must be finite and at least 0, got -0.5",
        "--checkpoint-minutes=-0.5");
    assertError("--warm-up must be at least 0, got -1", "--warm-up=-1");
    assertError("--balance must be above 0 and at most 1, got 1.5", "--balance=1.5");
    assertError(
        "--balance must not be given with --resume, whose network is already trained, got 0.1",
        "--balance=0.1",
        "--resume=some-model.zip");
    assertError(
        "--schedule must be cosine with --warm-up, got one-cycle",
        "--warm-up=10",
        "--schedule=one-cycle");
  }

  @Test
  void shouldNotGoOnInsideAnEpochOfOtherMinibatches() throws IOException {
    Path file = folder.resolve("model.zip");
    ModelFile.save(new ShortTraining(file, 1).network(), file);
    SavedState.write(file, 3, 16, 100);
    assertError(
        "--batch must be 16 to continue, got 64. Possible cause: "
            + file
            + " was saved with other options (--hold-out, --batch)",
        "--resume=" + file);
    assertError(
        "training samples must be 100 to continue, got 12000. Possible cause: "
            + file
            + " was saved with other options (--hold-out, --batch)",
        "--resume=" + file,
        "--batch=16");
  }

  @Test
  void shouldNotHoldOutAfterAnEpochWhatWasTrainedOn() throws IOException {
    Path file = folder.resolve("model.zip");
    ModelFile.save(new ShortTraining(file, 1).network(), file);
    SavedState.write(file, 0, 16, 12000);
    assertError(
        "training samples must be 12000 to continue, got 11000. Possible cause: "
            + file
            + " was saved with other options (--hold-out, --batch)",
        "--resume=" + file,
        "--hold-out=1000");
  }

  @Test
  void shouldNotPlaceAScheduleByMinibatchesOfAnotherSize() throws IOException {
    Path file = folder.resolve("model.zip");
    MultiLayerNetwork network = new ShortTraining(file, 1).network();
    network.getLayerWiseConfigurations().setEpochCount(2);
    network.getLayerWiseConfigurations().setIterationCount(8);
    ModelFile.save(network, file);
    assertError(
        "--schedule must be step or constant, which count epochs, got cosine: the training has"
            + " done 8 minibatches, which would be 376 now. Possible cause: another --batch or"
            + " --train than before",
        "--resume=" + file,
        "--epochs=3",
        "--schedule=cosine");
  }

  @Test
  void shouldCountTheMinibatchesOfAnySize() {
    TrainingOptions options = new TrainingOptions(folder.resolve("model.zip"), 1, 64, 1e-3);
    assertEquals(2, options.minibatches(65));
    assertEquals(1, options.minibatches(64));
    options.batch = Integer.MAX_VALUE;
    assertEquals(1, options.minibatches(65));
  }

  private static void assertError(String message, String... options) {
    StringWriter errors = new StringWriter();
    List<String> all = new ArrayList<>(List.of("mnist"));
    all.addAll(List.of(options));
    int exit =
        Examples.commandLine("mnist")
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(errors, true))
            .execute(all.toArray(new String[0]));
    assertEquals(1, exit);
    assertEquals(message, errors.toString().trim());
  }

  @Test
  void shouldHaveThePublishedLayersByDefault() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.check();
    assertEquals("64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024", options.notation().toString());
  }

  @Test
  void shouldDecayWeights() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "2C3-4";
    options.weightDecay = 0.1;
    FrameShape frames = new FrameShape(2, 3, 8, 8);
    ISchedule rates = new FixedSchedule(1e-3);
    MultiLayerNetwork network = options.spiking(frames, 2, rates, 1);
    BaseLayer last = (BaseLayer) network.getOutputLayer().conf().getLayer();
    List<Regularization> regularization = last.getRegularizationByParam("W");
    assertEquals(1, regularization.size());
    assertInstanceOf(WeightDecay.class, regularization.get(0));
  }

  @Test
  void shouldNameTheOptionOfLayersThatItCannotRead() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "64c3";
    String message = assertThrows(UserError.class, options::check).getMessage();
    assertTrue(message.startsWith("--network must be written like 64C3-AP2"), message);
    assertTrue(message.endsWith("got 64c3 in 64c3"), message);
  }

  @Test
  void shouldHaveTheLayersOfItsNotation() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder(),
                NetworkNotation.parse("8C3-AP2-16C5-MP3-20"),
                InputType.convolutional(13, 13, 10),
                7,
                1));
    network.init();
    assertArrayEquals(new long[] {8, 10, 3, 3}, network.getParam("0_W").shape());
    assertArrayEquals(new long[] {16, 8, 5, 5}, network.getParam("4_W").shape());
    // 13 pixels, 6 after the first pooling, 2 after the second.
    assertArrayEquals(new long[] {16 * 2 * 2, 20}, network.getParam("8_W").shape());
    assertArrayEquals(new long[] {20, 7}, network.getParam("11_W").shape());
    assertEquals(
        List.of(
            "conv1",
            "conv1-normalization",
            "conv1-relu",
            "pool1",
            "conv2",
            "conv2-normalization",
            "conv2-relu",
            "pool2",
            "dense",
            "dense-normalization",
            "dense-relu",
            "readout"),
        network.getLayerNames());
  }
}
