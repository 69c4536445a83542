package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.factory.Nd4j;

class PredictExampleTest {

  /** Of the 2,000 test digits that travel with the examples; docs/model-cards.md says so. */
  private static final double ACCURACY = 0.9945;

  /** Of recordings of the first 100 test digits. */
  private static final double RECORDED = 1;

  private static final int LARGEST_FILE = 1_000_000;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldKnowTheFirstTestDigit() throws IOException {
    Path image = folder.resolve("answer.png");
    run.assertDone("predict --to=%s", image);
    assertTrue(run.output().startsWith("test digit 1: class 7 ("), run.output());
    assertEquals(AnswerImage.WIDTH * Charts.SCALE, ImageIO.read(image.toFile()).getWidth());
  }

  @Test
  void shouldStopWhenTheAnswerIsSure() {
    run.assertDone("predict --until-sure 0");
    assertTrue(run.output().startsWith("test digit 1: class "), run.output());
    run.assertPrinted(") after 1 steps");
    run.assertDone("predict --until-sure 5 --json");
    run.assertPrinted("\"answered_step\":");
    run.assertDone("predict --until-sure 0 --least-steps 2");
    run.assertPrinted(") after 2 steps");
    run.assertRefused(
        "--to must not be given with --until-sure", "predict --until-sure 0.5 --to a.png");
    run.assertRefused(
        "--until-sure: confidence must be", "predict --until-sure 2 --sure-by confidence");
    run.assertRefused("--until-sure: lead must be", "predict --until-sure -1");
    run.assertDone("predict --until-sure 0.01 --sure-by confidence");
    run.assertPrinted(") after 1 steps");
  }

  @Test
  void shouldDrawWhatARecordingLedTo() throws IOException {
    assertDraws(RasterExampleTest.overFrames());
  }

  @Test
  void shouldDrawASilentNetwork() throws IOException {
    MultiLayerNetwork silent = RasterExampleTest.overFrames();
    silent.setParams(Nd4j.zeros(1, silent.numParams()));
    assertDraws(silent);
  }

  private void assertDraws(MultiLayerNetwork overFrames) throws IOException {
    Path model = folder.resolve("model.zip");
    ModelFile.save(overFrames, model);
    Path recording = Files.write(folder.resolve("digit.bin"), RasterExampleTest.RECORDING);
    Path image = folder.resolve("answer.png");
    run.assertDone(
        "predict --model=%s --recording=%s --sensor=8x8 --steps=4 --to=%s",
        model, recording, image);
    assertEquals(AnswerImage.HEIGHT * Charts.SCALE, ImageIO.read(image.toFile()).getHeight());
  }

  /** Class 1 of two that share an output. */
  @Test
  void shouldDrawASingleOutput() throws IOException {
    MultiLayerNetwork network = SpikingNetworks.mlp(8).steps(3).classes(1).init();
    network.getParam("2_W").assign(5);
    Path model = folder.resolve("one.zip");
    ModelFile.save(network, model);
    run.assertDone("predict --model=%s --to=%s", model, folder.resolve("answer.png"));
    run.assertPrinted("class 1 (output ");
  }

  @Test
  void shouldNameWhatAPhotographShows() throws IOException {
    MultiLayerNetwork network = SpikingNetworks.vgg7().layers("4C3-AP2-10").steps(3).init();
    Path model = folder.resolve("model.zip");
    ModelFile.save(network, model);
    BufferedImage sea = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sea.createGraphics();
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, 30, 90, 30);
    graphics.dispose();
    Path photograph = folder.resolve("sea.png");
    ImageIO.write(sea, "png", photograph.toFile());
    Path image = folder.resolve("answer.png");
    run.assertDone("predict %s --model=%s --to=%s", photograph, model, image);
    assertTrue(run.output().matches("(?s)sea.png: class \\d, [a-z]+ \\(output .*"), run.output());
    assertTrue(Files.size(image) > 0);
  }

  @Test
  void shouldRecogniseAnImageByItsContent() throws IOException {
    BufferedImage one = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
    one.getGraphics().fillRect(28, 10, 4, 40);
    Path image = folder.resolve("one");
    ImageIO.write(one, "png", image.toFile());
    run.assertDone("predict %s", image);
    assertTrue(run.output().startsWith("one: class 1 ("), run.output());
    run.assertRefused(
        "--image must not be given together with a FILE", "predict %s --image=%s", image, image);
  }

  @Test
  void shouldRecogniseARecordingByItsContent() throws IOException {
    Path recording = Files.write(folder.resolve("digit"), RasterExampleTest.RECORDING);
    run.assertDone("predict %s", recording);
    assertTrue(run.output().startsWith("digit: class "), run.output());
    Path model = folder.resolve("model.zip");
    ModelFile.save(RasterExampleTest.overFrames(), model);
    run.assertDone("predict %s --model=%s --steps=4 --sensor=8x8", recording, model);
    assertTrue(run.output().startsWith("digit: class "), run.output());
  }

  @Test
  void shouldKnowRecordedDigits() throws IOException {
    Path digits = folder.resolve("digits");
    run.assertDone("events simulate --to=%s --first=40 --test-first=100 --quiet", digits);
    FrameOptions frames = FrameOptions.of(Slicing.intoEqualParts(60));
    EventDataSet set = EventDataSet.nMnist(digits);
    Evaluation evaluation =
        PretrainedNetworks.ofRecordedDigits()
            .evaluate(EventDataSetIterator.builder(set, set.test(), frames).batch(50).build());
    assertEquals(RECORDED, evaluation.accuracy(), 1e-9);
  }

  @Test
  void shouldAskTheNetworkThatIsNamed() throws IOException {
    Path photograph = folder.resolve("grey.png");
    ImageIO.write(
        new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", photograph.toFile());
    for (String network : List.of("vgg7", "sparse", "resnet")) {
      run.assertDone("predict %s --network=%s", photograph, network);
      assertTrue(run.output().startsWith("grey.png: class "), run.output());
    }
    run.assertRefused(
        "--network vgg7 must be asked about an image, got test digit 3",
        "predict --digit=3 --network=vgg7");
    run.assertRefused(
        "Cannot load a model from", "predict --network=lenet5 --model=%s", photograph);
    run.assertRefused(
        "--to must be another file than the one it is made from",
        "predict %s --to=%s",
        photograph,
        photograph);
  }

  @Test
  void shouldHaveTheAccuracyThatItsCardSays() throws IOException {
    MultiLayerNetwork network = SpikingNetworks.lenet5().pretrained();
    assertEquals(ACCURACY, network.evaluate(EmbeddedDigits.test(2000, 100)).accuracy(), 1e-9);
    try (InputStream file = SpikingNetworks.class.getResourceAsStream("lenet5-mnist.zip")) {
      assertTrue(file.readAllBytes().length < LARGEST_FILE);
    }
  }

  @Test
  void shouldComeWithTheFilesThatTheCardsDescribe() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "model-cards.md"));
    for (String name :
        List.of(
            "recorded-digits.zip",
            "vgg7-cifar10.zip",
            "sparse-cifar10.zip",
            "resnet-cifar10.zip")) {
      try (InputStream file = PretrainedNetworks.class.getResourceAsStream(name)) {
        byte[] bytes = file.readAllBytes();
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertTrue(page.contains("`" + HexFormat.of().formatHex(sum) + "`"), name);
        assertTrue(page.contains(String.format(Locale.ROOT, ", %,d bytes", bytes.length)), name);
        // Below eight bits, the sparse network would lose the accuracy that it comes along for.
        int most = name.startsWith("sparse") ? 13 : 10;
        assertTrue(bytes.length < most * LARGEST_FILE, name);
      }
    }
  }
}
