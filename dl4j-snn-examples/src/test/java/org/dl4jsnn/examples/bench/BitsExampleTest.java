package org.dl4jsnn.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitsExampleTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldPrintARowForEveryNumberOfBits() throws IOException {
    Path model = folder.resolve("model.zip");
    MultiLayerNetwork network = SpikingNetworks.mlp(30).steps(5).seed(2).init();
    network.save(model.toFile());
    assertEquals(0, run("--model", model.toString(), "--bits", "16,2"), errors.toString());
    List<String> lines = output.toString().lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.get(2).startsWith("| 32, as trained | "), lines.get(2));
    assertTrue(
        lines.get(3).matches("\\| 16 \\| [\\d.]+ % \\| [\\d.]+ % \\| [\\d,]+ \\|"), lines.get(3));
    assertTrue(lines.get(4).startsWith("| 2 | "), lines.get(4));
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertNotEquals(0, run("--model", "model.zip", "--bits", "1"));
    assertTrue(errors.toString().contains("--bits must be from 2 to 16, got 1"), errors.toString());
    assertNotEquals(0, run("--model", "model.zip", "--images", "cifar10"));
    assertTrue(errors.toString().contains("--data must name the folder"), errors.toString());
  }

  private int run(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "bits";
    System.arraycopy(options, 0, all, 1, options.length);
    return Examples.commandLine(all)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all);
  }
}
