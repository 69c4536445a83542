package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.event.frame.FrameShape;
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
  private static final byte[] RECORDING = {
    3, 4, (byte) 0x80, 0, 0, //
    5, 6, 0, 0, 10,
    3, 5, (byte) 0x80, 0, 20,
    1, 1, (byte) 0x80, 0, 39
  };

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path recording;
  private Path picture;

  @BeforeEach
  void record() throws IOException {
    recording = Files.write(folder.resolve("digit.bin"), RECORDING);
    picture = folder.resolve("raster.png");
  }

  @Test
  void drawsTheLayersWhileTheySeeARecording() throws IOException {
    assertEquals(0, raster(overFrames(), "--recording=" + recording, "--steps=4"), "" + errors);
    assertTrue(output.toString().contains("conv1, 4×8×8: "), "" + output);
    assertTrue(output.toString().contains("pool1, 4×4×4: "), "" + output);
    assertTrue(output.toString().contains("dense, 6: "), "" + output);
    assertTrue(output.toString().contains("of 4 on"), "" + output);
    assertFalse(output.toString().contains("encoding"), "" + output);
    assertEquals(860, ImageIO.read(picture.toFile()).getWidth());
  }

  @Test
  void drawsTheLayersThatAreChosen() throws IOException {
    String[] options = {
      "--recording=" + recording, "--steps=4", "--layer=dense", "--layer=encoding"
    };
    assertEquals(0, raster(overFrames(), options), "" + errors);
    assertEquals(
        List.of("dense", "encoding"),
        output.toString().lines().limit(2).map(line -> line.split(",")[0]).toList());
    assertTrue(
        output.toString().contains("encoding, 2×8×8: 4 neurons fire, 124 are silent; 4 spikes"),
        "" + output);
  }

  @Test
  void tellsHowManyNeuronsAreDrawn() throws IOException {
    String[] options = {
      "--recording=" + recording, "--steps=30", "--layer=encoding", "--neurons=3"
    };
    assertEquals(0, raster(overFrames(), options), "" + errors);
    assertTrue(
        output.toString().contains("4 neurons fire (3 of them drawn), 124 are silent"),
        "" + output);
  }

  @Test
  void showsAPartOfARecording() throws IOException {
    String[] options = {
      "--recording=" + recording, "--layer=encoding", "--from-us=10", "--length-us=11"
    };
    assertEquals(0, raster(overFrames(), options), "" + errors);
    assertTrue(output.toString().contains("2 neurons fire, 126 are silent; 2 spikes"), "" + output);
  }

  @Test
  void drawsASingleStep() throws IOException {
    assertEquals(0, raster(overFrames(), "--recording=" + recording, "--steps=1"), "" + errors);
    assertTrue(output.toString().contains("of 1 on"), "" + output);
  }

  @Test
  void drawsASilentNetwork() throws IOException {
    MultiLayerNetwork silent = overFrames();
    silent.setParams(Nd4j.zeros(1, silent.numParams()));
    assertEquals(0, raster(silent, "--recording=" + recording), "" + errors);
    assertTrue(output.toString().contains("dense, 6: 0 neurons fire, 6 are silent"), "" + output);
    assertTrue(Files.exists(picture));
  }

  @Test
  void drawsTheLayersWhileTheySeeADigit() throws IOException {
    assertEquals(0, raster(overPictures(), "--digit=1", "--layer=conv1"), "" + errors);
    assertTrue(output.toString().contains("conv1, 20×28×28: "), "" + output);
    assertTrue(output.toString().contains("of 3 on"), "" + output);
    assertEquals(0, raster(overPictures(), "--digit=1", "--steps=5"), "" + errors);
    assertTrue(output.toString().contains("of 5 on"), "" + output);
  }

  @Test
  void refusesOptionsThatBreakTheirRule() throws IOException {
    String one = "--recording=" + recording;
    assertRefused("--steps must be at least 1, got 0", overFrames(), one, "--steps=0");
    assertRefused("frames must have at least 1", overFrames(), one, "--steps=2000000000");
    assertRefused("--window must be at least 1, got 0", overFrames(), one, "--window=0");
    assertRefused("--neurons must be at least 1, got 0", overFrames(), one, "--neurons=0");
    assertRefused("--sensor must be like 128x128, got 8", overFrames(), one, "--sensor=8");
    assertRefused("end must be after the start", overFrames(), one, "--length-us=0");
    assertRefused("One of --recording and --digit must be given, got none", overFrames());
    assertRefused("must be given, got both", overFrames(), one, "--digit=1");
    assertRefused("--digit must be from 1 to 2000, got 0", overPictures(), "--digit=0");
    assertRefused("--to must end in .png, got x.gif", overFrames(), one, "--to=x.gif");
  }

  @Test
  void namesTheLayersIfOneIsMissing() throws IOException {
    assertRefused(
        "--layer must be one of encoding, conv1, pool1, dense, got conv9",
        overFrames(),
        "--recording=" + recording,
        "--layer=conv9");
  }

  @Test
  void refusesWhatDoesNotGoTogether() throws IOException {
    String one = "--recording=" + recording;
    assertRefused(
        "--model must name a network that takes pictures, as mnist trains, for --digit, got one with"
            + " the encoder frames",
        overFrames(),
        "--digit=1");
    assertRefused("takes frames, as dvs trains, for --recording", overPictures(), one);
    assertRefused(
        "The network does not take digit.bin: layer 'encoding' (SpikeEncoding): samples must have"
            + " the axes [channels, height, width] = [2, 8, 8] of the configuration's input type,"
            + " got [channels, height, width] = [2, 4, 4]. Possible cause: it was trained with"
            + " another --sensor or --window",
        overFrames(),
        one,
        "--window=2");
  }

  @Test
  void refusesFilesThatAreMissing() throws IOException {
    assertRefused("Cannot read none", overFrames(), "--recording=none");
    Files.delete(folder.resolve("model.zip"));
    assertEquals(1, raster(null, "--recording=" + recording));
    assertTrue(errors.toString().contains("Cannot find a model at"), "" + errors);
  }

  private static MultiLayerNetwork overFrames() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "4C3-AP2-6";
    options.threshold = 0.2;
    FrameShape frames = new FrameShape(2, 4, 8, 8);
    return options.spiking(frames, 3, new FixedSchedule(1e-3), 1);
  }

  private static MultiLayerNetwork overPictures() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(LeNet5.configuration(3, 1, 1, new FixedSchedule(1e-3), 1));
    network.init();
    return network;
  }

  private void assertRefused(String message, MultiLayerNetwork network, String... options)
      throws IOException {
    assertEquals(1, raster(network, options));
    assertTrue(errors.toString().contains(message), errors.toString());
    assertFalse(Files.exists(picture));
  }

  /** Runs the example; for no network, with whatever model is there. */
  private int raster(MultiLayerNetwork network, String... options) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    Path model = folder.resolve("model.zip");
    if (network != null) {
      ModelFile.save(network, model);
    }
    List<String> all = new ArrayList<>(List.of("raster", "--model=" + model));
    all.addAll(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("--to"))) {
      all.add("--to=" + picture);
    }
    if (all.stream().noneMatch(option -> option.startsWith("--sensor"))) {
      all.add("--sensor=8x8");
    }
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all.toArray(String[]::new));
  }
}
