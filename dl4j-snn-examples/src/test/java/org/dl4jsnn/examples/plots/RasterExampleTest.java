package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.train.EventNetworkOptions;
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

  @BeforeEach
  void record() throws IOException {
    recording = Files.write(folder.resolve("digit.bin"), RECORDING);
    image = folder.resolve("raster.png");
  }

  @Test
  void shouldDrawTheLayersWhileTheySeeARecording() throws IOException {
    assertEquals(0, raster(overFrames(), "--recording=" + recording, "--steps=4"), run.errors());
    assertTrue(run.output().contains("conv1, 4×8×8: "), run.output());
    assertTrue(run.output().contains("pool1, 4×4×4: "), run.output());
    assertTrue(run.output().contains("dense, 6: "), run.output());
    assertTrue(run.output().contains("of 4 on"), run.output());
    assertFalse(run.output().contains("encoding"), run.output());
    assertEquals(860, ImageIO.read(image.toFile()).getWidth());
  }

  @Test
  void shouldDrawTheLayersThatAreChosen() throws IOException {
    String[] options = {
      "--recording=" + recording, "--steps=4", "--layer=dense", "--layer=encoding"
    };
    assertEquals(0, raster(overFrames(), options), run.errors());
    assertEquals(
        List.of("dense", "encoding"),
        run.output().lines().limit(2).map(line -> line.split(",")[0]).toList());
    assertTrue(
        run.output().contains("encoding, 2×8×8: 4 neurons fire, 124 are silent; 4 spikes"),
        run.output());
  }

  @Test
  void shouldSayHowManyNeuronsAreDrawn() throws IOException {
    String[] options = {
      "--recording=" + recording, "--steps=30", "--layer=encoding", "--neurons=3"
    };
    assertEquals(0, raster(overFrames(), options), run.errors());
    assertTrue(
        run.output().contains("4 neurons fire (3 of them drawn), 124 are silent"), run.output());
  }

  @Test
  void shouldShowAPartOfARecording() throws IOException {
    String[] options = {
      "--recording=" + recording, "--layer=encoding", "--from-us=10", "--length-us=11"
    };
    assertEquals(0, raster(overFrames(), options), run.errors());
    assertTrue(run.output().contains("2 neurons fire, 126 are silent; 2 spikes"), run.output());
  }

  @Test
  void shouldDrawASingleStep() throws IOException {
    assertEquals(0, raster(overFrames(), "--recording=" + recording, "--steps=1"), run.errors());
    assertTrue(run.output().contains("of 1 on"), run.output());
  }

  @Test
  void shouldDrawASilentNetwork() throws IOException {
    MultiLayerNetwork silent = overFrames();
    silent.setParams(Nd4j.zeros(1, silent.numParams()));
    assertEquals(0, raster(silent, "--recording=" + recording), run.errors());
    assertTrue(run.output().contains("dense, 6: 0 neurons fire, 6 are silent"), run.output());
    assertTrue(Files.exists(image));
  }

  @Test
  void shouldDrawTheLayersWhileTheySeeADigit() throws IOException {
    assertEquals(0, raster(overImages(), "--digit=1", "--layer=conv1"), run.errors());
    assertTrue(run.output().contains("conv1, 20×28×28: "), run.output());
    assertTrue(run.output().contains("of 3 on"), run.output());
    assertEquals(0, raster(overImages(), "--digit=1", "--steps=5"), run.errors());
    assertTrue(run.output().contains("of 5 on"), run.output());
  }

  @Test
  void shouldRefuseOptionsThatBreakTheirRule() throws IOException {
    String one = "--recording=" + recording;
    assertRefused("--steps must be at least 1, got 0", overFrames(), one, "--steps=0");
    assertRefused("frames must have at least 1", overFrames(), one, "--steps=2000000000");
    assertRefused("--window must be at least 1, got 0", overFrames(), one, "--window=0");
    assertRefused("--neurons must be at least 1, got 0", overFrames(), one, "--neurons=0");
    assertRefused("--sensor must be like 128x128, got 8", overFrames(), one, "--sensor=8");
    assertRefused("end must be after the start", overFrames(), one, "--length-us=0");
    assertRefused(
        "with events, got none from 900 to 950",
        overFrames(),
        one,
        "--from-us=900",
        "--length-us=50");
    assertRefused("One of --recording, --digit and --image must be given, got none", overFrames());
    assertRefused("must be given, got 2", overFrames(), one, "--digit=1");
    assertRefused("--digit must be from 1 to 2000, got 0", overImages(), "--digit=0");
    assertRefused("--to must end in .png, got x.gif", overFrames(), one, "--to=x.gif");
  }

  @Test
  void shouldNameTheLayersIfOneIsMissing() throws IOException {
    assertRefused(
        "--layer must be one of encoding, conv1, pool1, dense, got conv9",
        overFrames(),
        "--recording=" + recording,
        "--layer=conv9");
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
            + " the configuration's input type, got [1, 2, 10, 4, 4]. Possible cause: it was trained with"
            + " another --sensor or --window",
        overFrames(),
        one,
        "--window=2");
  }

  @Test
  void shouldRefuseFilesThatAreMissing() throws IOException {
    assertRefused("Cannot read none", overFrames(), "--recording=none");
    Files.delete(folder.resolve("model.zip"));
    assertEquals(1, raster(null, "--recording=" + recording));
    assertTrue(run.errors().contains("Cannot find a model at"), run.errors());
  }

  static MultiLayerNetwork overFrames() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "4C3-AP2-6";
    options.threshold = 0.2;
    options.loss = ReadOutLoss.SQUARED_ERROR;
    FrameShape frames = new FrameShape(2, 4, 8, 8);
    return options.spiking(frames, 3, new FixedSchedule(1e-3), 1);
  }

  /** Small behind its first layer, since it is saved and loaded often. */
  static MultiLayerNetwork overImages() {
    return SpikingNetworks.lenet5().layers("20C5-AP2-8C5-AP2-20").steps(3).init();
  }

  private void assertRefused(String message, MultiLayerNetwork network, String... options)
      throws IOException {
    assertEquals(1, raster(network, options));
    assertTrue(run.errors().contains(message), run.errors());
    assertFalse(Files.exists(image));
  }

  /** Runs the example; without a network, with whatever model is there. */
  private int raster(MultiLayerNetwork network, String... options) {
    run.clear();
    Path model = folder.resolve("model.zip");
    if (network != null) {
      ModelFile.save(network, model);
    }
    List<String> all = new ArrayList<>(List.of("raster", "--model=" + model));
    all.addAll(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("--to"))) {
      all.add("--to=" + image);
    }
    if (all.stream().noneMatch(option -> option.startsWith("--sensor"))) {
      all.add("--sensor=8x8");
    }
    return run.execute(all.toArray(String[]::new));
  }
}
