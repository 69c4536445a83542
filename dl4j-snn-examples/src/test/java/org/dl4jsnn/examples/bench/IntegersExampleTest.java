package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegersExampleTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldPrintWhatItCostsAndWriteArrays() throws IOException {
    Path model = folder.resolve("model.zip");
    MultiLayerNetwork network = SpikingNetworks.mlp(30).steps(5).seed(2).init();
    network.save(model.toFile());
    Path chip = folder.resolve("chip");
    assertEquals(
        0,
        run(
            "--model=" + model,
            "--bits=8",
            "--per-layer",
            "--to=" + chip,
            "--save=" + folder.resolve("chip.zip")),
        errors.toString());
    assertEquals(
        network.numParams(),
        MultiLayerNetwork.load(folder.resolve("chip.zip").toFile(), false).numParams());
    List<String> lines = output.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("2000 samples: "), lines.get(0));
    assertTrue(lines.get(0).endsWith(" % equal decisions"), lines.get(0));
    assertTrue(Files.exists(chip.resolve("1.weight.npy")));
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertNotEquals(0, run("--model", "model.zip", "--threshold-bits", "1"));
    assertTrue(
        errors.toString().contains("--threshold-bits must be from 2 to 24, got 1"),
        errors.toString());
  }

  private int run(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "integers";
    System.arraycopy(options, 0, all, 1, options.length);
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all);
  }
}
