package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.train.EventNetworkOptions;
import org.dl4jsnn.plot.Charts;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Charts whose ticks XChart cannot tell apart would be drawn forever. */
@Timeout(60)
class RasterExampleTest {

  /** N-MNIST's layout: x, y, polarity and 23 bits of time in µs; one event a step of four. */
  static final byte[] RECORDING = {
    3, 4, (byte) 0x80, 0, 0, //
    5, 6, 0, 0, 10,
    3, 5, (byte) 0x80, 0, 20,
    1, 1, (byte) 0x80, 0, 39
  };

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();
  private Path recording;
  private Path image;
  private Path model;

  @BeforeEach
  void record() throws IOException {
    recording = Files.write(folder.resolve("digit.bin"), RECORDING);
    image = folder.resolve("raster.png");
    model = folder.resolve("model.zip");
    run.setDefaults("--model=%s --to=%s --sensor=8x8", model, image);
  }

  @Test
  void shouldDrawTheLayersWhileTheySeeARecording() throws IOException {
    raster(overFrames(), "--recording=" + recording + " --steps=4");
    run.assertPrinted("conv1, 4×8×8: ");
    run.assertPrinted("pool1, 4×4×4: ");
    run.assertPrinted("dense, 6: ");
    run.assertPrinted("of 4 on");
    assertFalse(run.output().contains("encoding"), run.output());
    assertEquals(Charts.SCALE * Charts.WIDTH, ImageIO.read(image.toFile()).getWidth());
  }

  @Test
  void shouldDrawTheLayersThatAreChosen() throws IOException {
    raster(overFrames(), "--recording=" + recording + " --steps=4 --layer=dense --layer=encoding");
    assertEquals(
        List.of("dense", "encoding"),
        run.output().lines().limit(2).map(line -> line.split(",")[0]).toList());
    run.assertPrinted("encoding, 2×8×8: 4 neurons fire, 124 are silent; 4 spikes");
  }

  @Test
  void shouldSayHowManyNeuronsAreDrawn() throws IOException {
    raster(overFrames(), "--recording=" + recording + " --steps=30 --layer=encoding --neurons=3");
    run.assertPrinted("4 neurons fire (3 of them drawn), 124 are silent");
  }

  @Test
  void shouldShowAPartOfARecording() throws IOException {
    raster(
        overFrames(), "--recording=" + recording + " --layer=encoding --from-us=10 --length-us=11");
    run.assertPrinted("2 neurons fire, 126 are silent; 2 spikes");
  }

  @Test
  void shouldDrawASingleStep() throws IOException {
    raster(overFrames(), "--recording=" + recording + " --steps=1");
    run.assertPrinted("of 1 on");
  }

  @Test
  void shouldDrawASilentNetwork() throws IOException {
    MultiLayerNetwork silent = overFrames();
    silent.setParams(Nd4j.zeros(1, silent.numParams()));
    raster(silent, "--recording=" + recording);
    run.assertPrinted("dense, 6: 0 neurons fire, 6 are silent");
    assertTrue(Files.exists(image));
  }

  @Test
  void shouldDrawTheLayersWhileTheySeeADigit() throws IOException {
    raster(overImages(), "--digit=1 --layer=conv1");
    run.assertPrinted("conv1, 20×28×28: ");
    run.assertPrinted("of 3 on");
    raster(overImages(), "--digit=1 --steps=5");
    run.assertPrinted("of 5 on");
  }

  @Test
  void shouldRefuseOptionsThatBreakTheirRule() throws IOException {
    String one = "--recording=" + recording;
    assertRefused("frames must have at least 1", overFrames(), one + " --steps=2000000000");
    assertRefused("end must be after the start", overFrames(), one + " --length-us=0");
    assertRefused(
        "with events, got none from 900 to 950",
        overFrames(),
        one + " --from-us=900 --length-us=50");
    assertRefused("--digit must be from 1 to 2000, got 0", overImages(), "--digit=0");
  }

  @Test
  void shouldNameTheLayersIfOneIsMissing() throws IOException {
    assertRefused(
        "--layer must be one of encoding, conv1, pool1, dense, got conv9",
        overFrames(),
        "--recording=" + recording + " --layer=conv9");
  }

  @Test
  void shouldRefuseWhatDoesNotGoTogether() throws IOException {
    String one = "--recording=" + recording;
    assertRefused(
        "--model must name a network that takes images, as mnist trains, for --digit and"
            + " --image, got one with the encoder frames",
        overFrames(),
        "--digit=1");
    assertRefused("takes frames, as dvs trains, for --recording", overImages(), one);
    assertRefused(
        "The network does not accept digit.bin: layer 'encoding' (SpikeEncoding): features must"
            + " have the axes [minibatch, channels, T, height, width] = [minibatch, 2, T, 8, 8] of"
            + " the configuration's input type, got [1, 2, 4, 4, 4]. Possible cause: it was trained with"
            + " another --sensor or --window",
        overFrames(),
        one + " --window=2");
  }

  @Test
  void shouldRefuseFilesThatAreMissing() throws IOException {
    assertRefused("Cannot read none", overFrames(), "--recording=none");
    Files.delete(model);
    run.assertRefused("Cannot find a model at", "raster --recording=%s", recording);
  }

  static MultiLayerNetwork overFrames() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "4C3-AP2-6";
    options.threshold = 0.2;
    options.loss = ReadOutLoss.SQUARED_ERROR;
    FrameShape frames = new FrameShape(2, 4, 8, 8);
    return (MultiLayerNetwork) options.spiking(frames, 3, new FixedSchedule(1e-3), 1);
  }

  /** Small behind its first layer, since it is saved and loaded often. */
  static MultiLayerNetwork overImages() {
    return SpikingNetworks.lenet5().layers("20C5-AP2-8C5-AP2-20").steps(3).init();
  }

  private void assertRefused(String message, MultiLayerNetwork network, String options) {
    ModelFile.save(network, model);
    run.assertRefused(message, "raster " + options);
    assertFalse(Files.exists(image));
  }

  private void raster(MultiLayerNetwork network, String options) {
    run.clear();
    ModelFile.save(network, model);
    run.assertDone("raster " + options);
  }
}
