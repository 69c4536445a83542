package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.train.EpochLogs;
import org.dl4jsnn.train.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPlotTest {

  @TempDir private Path folder;
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldPlotLogs() throws IOException {
    EpochRow first = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of());
    EpochRow second = new EpochRow(2, 20, 5e-4, 1.1, Double.NaN, 0.6, 3, 50, List.of());
    Path log = EpochLogs.write(folder.resolve("a.zip"), first, second);
    Path plot = folder.resolve("plot.png");
    assertEquals(0, run("--log", "one=" + log, "--log", "two=" + log, "--to", "" + plot));
    assertTrue(ImageIO.read(plot.toFile()).getWidth() > 1000);
  }

  @Test
  void shouldExplainWhatItCannotPlot() throws IOException {
    String plot = folder.resolve("plot.png").toString();
    assertRefused("Cannot find a log at", "--log", "a=" + folder.resolve("none.csv"), "--to", plot);
    Path other = Files.writeString(folder.resolve("other.csv"), "x,y\n1,2\n");
    assertRefused("must be the log of a training", "--log", "a=" + other, "--to", plot);
    Path empty = Files.writeString(folder.resolve("empty.csv"), "epoch\n");
    assertRefused("must hold at least one epoch", "--log", "a=" + empty, "--to", plot);
    assertRefused("--to must end in .png", "--log", "a=" + empty, "--to", "plot.jpg");
  }

  private void assertRefused(String message, String... options) {
    errors.getBuffer().setLength(0);
    assertEquals(1, run(options));
    assertTrue(errors.toString().contains(message), errors.toString());
  }

  private int run(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "training-plot";
    System.arraycopy(options, 0, args, 1, options.length);
    return Examples.commandLine(args).setErr(new PrintWriter(errors, true)).execute(args);
  }
}
