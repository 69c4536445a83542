package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.train.EpochLogs;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Charts whose ticks XChart cannot tell apart would be drawn forever. */
@Timeout(120)
class PlotsExampleTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldDrawAllPlotsForADigit() throws IOException {
    EpochRow epoch = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of());
    EpochLogs.write(folder.resolve("model.zip"), epoch);
    assertEquals(
        0, plots(RasterExampleTest.overPictures(), "--test=20", "--flow-digits=2"), run.errors());
    assertEquals(
        List.of(
            "confusion.png",
            "flow.png",
            "kernels-conv1.png",
            "kernels-conv2.png",
            "learning.png",
            "membranes-conv1.png",
            "membranes-conv2.png",
            "membranes-dense.png",
            "output.png",
            "raster.png",
            "rates-conv1.png",
            "rates-conv2.png",
            "rates-encoding.png",
            "rates-pool1.png",
            "rates-pool2.png"),
        written());
    run.assertPrinted("raster.png: spikes of all layers for test digit 1");
    run.assertPrinted("flow.png: accumulated flows; samples: 2");
  }

  @Test
  void shouldDrawWhatItCanForARecording() throws IOException {
    Path recording = Files.write(folder.resolve("digit.bin"), RasterExampleTest.RECORDING);
    MultiLayerNetwork network = RasterExampleTest.overFrames();
    String[] options = {"--recording=" + recording, "--sensor=8x8", "--steps=4"};
    assertEquals(0, plots(network, options), run.errors());
    assertFalse(written().contains("confusion.png"));
    run.assertPrinted("No learning.png: there is no log at");
    run.assertPrinted("flow.png: accumulated flows; samples: 1");
  }

  @Test
  void shouldDrawASilentNetwork() throws IOException {
    MultiLayerNetwork silent = RasterExampleTest.overPictures();
    silent.setParams(Nd4j.zeros(1, silent.numParams()));
    assertEquals(0, plots(silent, "--test=1", "--flow-digits=1"), run.errors());
  }

  @Test
  void shouldRefuseOptionsThatBreakTheirRule() throws IOException {
    MultiLayerNetwork network = RasterExampleTest.overPictures();
    assertRefused("--test must be from 1 to 2000, got 0", network, "--test=0");
    assertRefused("--test must be from 1 to 2000, got 2001", network, "--test=2001");
    assertRefused("--flow-digits must be from 1 to 2000, got 0", network, "--flow-digits=0");
    assertRefused("must be given, got 2", network, "--digit=1", "--recording=x");
    assertRefused("Cannot make the folder", network, "--to=" + folder.resolve("model.zip"));
    Files.writeString(folder.resolve("model-log.csv"), "epoch\n");
    assertRefused("Cannot plot the log: a log must hold at least one epoch", network);
  }

  private void assertRefused(String message, MultiLayerNetwork network, String... options) {
    assertEquals(1, plots(network, options));
    run.assertComplained(message);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("plots"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private int plots(MultiLayerNetwork network, String... options) {
    run.clear();
    Path model = folder.resolve("model.zip");
    ModelFile.save(network, model);
    List<String> all = new ArrayList<>(List.of("plots", "--model=" + model));
    all.addAll(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("--to"))) {
      all.add("--to=" + folder.resolve("plots"));
    }
    return run.execute(all.toArray(String[]::new));
  }
}
