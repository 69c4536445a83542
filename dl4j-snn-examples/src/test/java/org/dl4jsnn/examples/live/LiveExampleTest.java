package org.dl4jsnn.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.event.Aedat4Writer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.Evt3Writer;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command live, without its page. */
class LiveExampleTest {

  private static final SensorSize SENSOR = new SensorSize(8, 8);

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();
  private Path recording;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    EventTable events = new EventTable("test", SENSOR);
    for (int i = 0; i < 500; i++) {
      events.add(i % 8, i / 8 % 8, 100L * i, i % 2 == 0);
    }
    recording = folder.resolve("recording.raw");
    try (Evt3Writer writer = new Evt3Writer(recording, SENSOR)) {
      writer.write(events);
      writer.finish();
    }
    MultiLayerNetwork network =
        SpikingNetworks.vgg7Dvs()
            .layers("4C3-AP2-16")
            .frames(new FrameShape(2, 5, 8, 8))
            .classes(5)
            .init();
    model = folder.resolve("model.zip");
    ModelFile.save(network, model);
  }

  private int live(String more) {
    String command = "live --from " + recording + " --model " + model + " --no-page " + more;
    return run.executeSnn(command.strip().split(" +"));
  }

  @Test
  void shouldWatchARecordingToItsEnd() {
    assertEquals(0, live("--slice-ms 5 --steps 5 --speed 1000 --waiting 100"), run.errors());
    run.assertPrinted("500 events, 10 slices answered, 0 dropped");
    run.assertPrinted("Latency from the last event of a slice to its answer: median ");
    assertEquals(2, run.output().lines().filter(line -> line.contains("answer ")).count());
  }

  @Test
  void shouldGiveTheSameAnswersInTheRuntime() throws Exception {
    String options = "--slice-ms 5 --steps 5 --speed 1000 --waiting 100";
    assertEquals(0, live(options), run.errors());
    List<String> expected = answers();
    Path compact = folder.resolve("model.snn");
    RuntimeExport.inSinglePrecision().write(ModelFile.load(model), compact);
    model = compact;
    run.clear();
    assertEquals(0, live(options), run.errors());
    assertEquals(expected, answers());
    assertEquals(2, expected.size());
  }

  private List<String> answers() {
    return run.output().lines().filter(line -> line.contains("answer ")).toList();
  }

  @Test
  void shouldRefuseACompactModelThatTakesNoFrames() throws Exception {
    model = folder.resolve("pictures.snn");
    RuntimeExport.inSinglePrecision()
        .write(SpikingNetworks.lenet5().layers("4C3-AP2-16").init(), model);
    assertEquals(1, live(""));
    assertTrue(run.errors().contains("the model must take frames, got one that"), run.errors());
  }

  @Test
  void shouldRefuseADamagedCompactModel() throws Exception {
    model = Files.write(folder.resolve("damaged.snn"), new byte[] {(byte) 0x89, 'S', 'N', 'N', 1});
    assertEquals(1, live(""));
    assertTrue(run.errors().contains("Cannot load a model from " + model), run.errors());
  }

  @Test
  void shouldRefuseAModelOfAnotherSensor() {
    assertEquals(1, live("--window 2"));
    assertTrue(run.errors().contains("trained with another --sensor or --window"), run.errors());
  }

  @Test
  void shouldRefuseASensorFarTooLargeBeforeItMakesFrames() throws Exception {
    // Two channels of these are 3 GB.
    SensorSize large = new SensorSize(20_000, 20_000);
    recording = folder.resolve("large.aedat4");
    try (Aedat4Writer writer = new Aedat4Writer(recording, large, Aedat4Writer.Compression.NONE)) {
      writer.accept(1, 2, 3, true);
      writer.finish();
    }
    Path compact = folder.resolve("model.snn");
    RuntimeExport.inSinglePrecision().write(ModelFile.load(model), compact);
    for (Path each : new Path[] {model, compact}) {
      run.clear();
      model = each;
      assertEquals(1, live(""));
      run.assertComplained("does not take frames of a sensor of 20000 x 20000: a frame must be ");
    }
  }

  @Test
  void shouldRefuseAModelWithoutSpikingNeuronsBeforeItsReadOut() throws Exception {
    MultiLayerNetwork conventional =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
    conventional.init();
    ModelFile.save(conventional, model);
    assertEquals(1, live(""));
    run.assertComplained(
        "Cannot load a model from " + model + ": the layer before the read-out must have spiking");
  }

  @Test
  void shouldTakeAGraph() throws Exception {
    String options = "--slice-ms 5 --steps 5 --speed 1000 --waiting 100";
    assertEquals(0, live(options), run.errors());
    List<String> expected = answers();
    ModelFile.save(ModelFile.load(model).toComputationGraph(), model);
    run.clear();
    assertEquals(0, live(options), run.errors());
    assertEquals(expected, answers());
  }

  @Test
  void shouldRefuseASourceThatCannotBeRead() {
    for (String from : new String[] {"tcp:none", "tcp:99999", folder + "/none.raw"}) {
      run.clear();
      assertEquals(
          1,
          run.executeSnn("live", "--no-page", "--from", from, "--model", model.toString()),
          from);
      assertEquals(1, run.errors().strip().lines().count(), run.errors());
    }
  }

  @Test
  void shouldAskForAModelOfARecording() {
    assertEquals(1, run.executeSnn("live", "--from", recording.toString()));
    assertTrue(run.errors().contains("--model must name a network for"), run.errors());
  }
}
