package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DvsExampleTest {

  private static final String NETWORK = "4C3-AP2-10";

  /** The first digits of each class come early: 44 training and 62 test digits hold all ten. */
  private static final String[] FEW = {"--simulated-train=50", "--simulated-test=70"};

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void shouldTrainOnSimulatedRecordingsAndKeepThem() {
    assertEquals(0, dvs("model.zip", "--epochs=1"), errors.toString());
    assertContains(output, "Recording 120 digits with a simulated camera");
    assertContains(
        output,
        "Data: N-MNIST: 10 classes, 50 training, 0 validation and 70 test samples of 34 x 34;"
            + " frames [channels, T, height, width] = [2, 3, 34, 34]");
    assertContains(output, "Test accuracy:");
    assertContains(output, "predicts exactly the same for all 70 test pictures");

    assertEquals(0, dvs("again.zip", "--epochs=1"), errors.toString());
    assertContains(output, "Recordings of before: " + folder.resolve("digits"));
    assertEquals(
        ModelFile.load(folder.resolve("model.zip")).params(),
        ModelFile.load(folder.resolve("again.zip")).params());
  }

  @Test
  void shouldResumeBitForBit() {
    String[] varied = {"--shift=2", "--flip", "--drop=0.2", "--jitter=100", "--hold-out=10"};
    assertEquals(0, dvs("straight.zip", with(varied, "--epochs=2")), errors.toString());
    assertContains(output, "Model chosen on the 10 pictures held out");
    assertEquals(0, dvs("half.zip", with(varied, "--epochs=1")), errors.toString());
    String half = "--resume=" + folder.resolve("half.zip");
    assertEquals(0, dvs("resumed.zip", with(varied, "--epochs=2", half)), errors.toString());
    assertEquals(
        ModelFile.load(folder.resolve("straight.zip")).params(),
        ModelFile.load(folder.resolve("resumed.zip")).params());
  }

  @Test
  void shouldCompareWithANetworkWithoutSpikes() {
    assertEquals(0, dvs("model.zip", "--epochs=1"), errors.toString());
    String[] options = {
      "dvs-comparison",
      "--data=" + folder.resolve("digits"),
      "--set=n-mnist",
      "--cache=" + folder.resolve("cache"),
      "--steps=3",
      "--network=" + NETWORK,
      "--normalize",
      "--loss=cross-entropy",
      "--seeds=2",
      "--epochs=1",
      "--hold-out=0.2"
    };
    assertEquals(0, commandLine().execute(options), errors.toString());
    assertContains(output, "Network: 4C3-AP2-10-10");
    assertMatches("\\| spiking \\| 2 \\| 1 \\| \\S+ \\| \\S+ \\|.*");
    assertMatches("\\| conventional \\| 2 \\| 1 \\| \\S+ \\| \\S+ \\|.*");
    assertMatches("spiking: mean of 2 seeds \\S+ %, standard deviation \\S+, from .*");
    assertMatches("conventional: mean of 2 seeds \\S+ %, .*");
  }

  @Test
  void shouldExplainBadOptions() {
    assertRefused("--steps must be at least 1, got 0", "--steps=0");
    assertRefused("--window must be at least 1, got 0", "--window=0");
    assertRefused("--shift must be at least 0, got -1", "--shift=-1");
    assertRefused("--drop must be from 0 to 1, got NaN", "--drop=NaN");
    assertRefused("--drop must be from 0 to 1, got 1.5", "--drop=1.5");
    assertRefused("--sensor must be like 128x128, got 128", "--sensor=128");
    assertRefused("--sensor must be like 128x128, got 0x5", "--sensor=0x5");
    assertRefused("--simulated-test must be from 1 to 2000, got 0", "--simulated-test=0");
    assertRefused("CIFAR10-DVS: its folder must be there, got none", "--data=" + folder + "/no");
    assertRefused("got 3C in 3C", "--data=" + folder + "/no", "--network=3C");
    assertEquals(1, commandLine().execute("dvs-comparison"));
    assertContains(errors, "--data must name a folder of recordings, got none");
  }

  private void assertRefused(String message, String... options) {
    errors.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("dvs"));
    all.addAll(List.of(options));
    assertEquals(1, commandLine().execute(all.toArray(String[]::new)));
    assertContains(errors, message);
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private int dvs(String model, String... options) {
    output.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("dvs"));
    all.addAll(List.of(FEW));
    all.addAll(List.of(options));
    all.add("--simulated=" + folder.resolve("digits"));
    all.add("--steps=3");
    all.add("--network=" + NETWORK);
    all.add("--model=" + folder.resolve(model));
    int exit = commandLine().execute(all.toArray(String[]::new));
    assertTrue(exit != 0 || Files.exists(folder.resolve(model)));
    return exit;
  }

  private CommandLine commandLine() {
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true));
  }

  private void assertMatches(String line) {
    assertTrue(output.toString().lines().anyMatch(found -> found.matches(line)), "" + output);
  }

  private static void assertContains(StringWriter text, String part) {
    assertTrue(text.toString().contains(part), text.toString());
  }
}
