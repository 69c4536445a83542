package org.dl4jsnn.examples.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.data.CifarBytes;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine;

@Tag("slow")
class ConvertExampleTest {

  private static final int RECORDS = 4;

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int run(String... options) {
    CommandLine commandLine = Examples.commandLine("convert");
    ConvertExample example =
        (ConvertExample) commandLine.getSubcommands().get("convert").getCommand();
    example.records = RECORDS;
    commandLine.setOut(new PrintWriter(output, true));
    commandLine.setErr(new PrintWriter(errors, true));
    String[] all = new String[options.length + 3];
    all[0] = "convert";
    all[1] = "--model";
    all[2] = folder.resolve("model.zip").toString();
    System.arraycopy(options, 0, all, 3, options.length);
    return commandLine.execute(all);
  }

  private void assertPrinted(String pattern) {
    assertTrue(
        output.toString().lines().anyMatch(line -> line.matches(pattern)),
        output + " has no line " + pattern);
  }

  @Test
  void shouldTrainConvertAndTuneLenetAndNotTrainTwice() {
    String[] options = {
      "--train",
      "96",
      "--test",
      "20",
      "--epochs",
      "1",
      "--calibrate",
      "32",
      "--batch",
      "32",
      "--steps",
      "2,4",
      "--fine-tune",
      "2"
    };
    assertEquals(0, run(options), errors.toString());
    assertPrinted("Without spikes: test accuracy \\S+ %");
    assertPrinted("\\| scales \\| T = 2 \\| T = 4 \\|");
    assertPrinted("\\| mean-square \\| \\S+ \\| \\S+ \\|");
    assertPrinted("\\| layer4 \\| 200 \\| .*");
    assertPrinted("At T = 2, by mean square: converted \\S+ %, fine-tuned .* \\S+ %");
    String before = output.toString();
    output.getBuffer().setLength(0);
    assertEquals(0, run(options), errors.toString());
    assertEquals(before, output.toString());
    output.getBuffer().setLength(0);
    String[] faster = Arrays.copyOf(options, options.length + 2);
    faster[options.length] = "--fine-tune-rate";
    faster[options.length + 1] = "0.05";
    Path tuned = folder.resolve("model-spiking-T2.zip");
    INDArray parameters = ModelFile.load(tuned).params();
    assertEquals(0, run(faster), errors.toString());
    assertNotEquals(parameters, ModelFile.load(tuned).params(), "tuned anew");
  }

  @Test
  void shouldConvertVggWithNormalisation() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
    assertEquals(
        0,
        run(
            "--network",
            "vgg",
            "--data",
            folder.toString(),
            "--test",
            "4",
            "--epochs",
            "1",
            "--calibrate",
            "8",
            "--batch",
            "8",
            "--scales",
            "percentile",
            "--steps",
            "2",
            "--fine-tune",
            "0"),
        errors.toString());
    assertPrinted("\\| percentile \\| \\S+ \\|");
    assertPrinted("\\| layer0 \\| 16 \\| .*");
  }

  @Test
  void shouldSayWhereToGetColourImages() {
    assertEquals(1, run("--network", "vgg"));
    assertTrue(errors.toString().contains("--data must name the folder of CIFAR-10"));
  }

  @Test
  void shouldRefuseMoreImagesThanThereAre() {
    assertEquals(1, run("--calibrate", "1000000"));
    assertTrue(errors.toString().contains("--calibrate"), errors.toString());
  }
}
