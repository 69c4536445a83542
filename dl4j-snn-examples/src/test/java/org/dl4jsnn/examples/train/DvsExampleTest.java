package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.internal.io.WriteLock;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DvsExampleTest {

  private static final String NETWORK = "4C3-AP2-10";

  /** The first digits of each class come early: 44 training and 62 test digits hold all ten. */
  private static final String[] FEW = {"--simulated-train=50", "--simulated-test=70"};

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldTrainOnSimulatedRecordingsAndKeepThem() {
    assertEquals(0, dvs("model.zip", "--epochs=1"), run.errors());
    run.assertPrinted("Recording 120 digits with a simulated camera");
    run.assertPrinted(
        "Data: N-MNIST: 10 classes, 50 training, 0 held out and 70 test samples of 34 x 34;"
            + " frames [channels, T, height, width] = [2, 3, 34, 34]");
    run.assertPrinted("Test accuracy:");
    run.assertPrinted("predicts exactly the same for all 70 test samples");

    assertEquals(0, dvs("again.zip", "--epochs=1"), run.errors());
    run.assertPrinted("Existing recordings: " + folder.resolve("digits"));
    assertSameBits(
        ModelFile.load(folder.resolve("model.zip")).params(),
        ModelFile.load(folder.resolve("again.zip")).params());
  }

  @Test
  void shouldNotTrainOnOtherRecordingsThanThoseAskedFor() throws IOException {
    Path digits = folder.resolve("digits");
    Path left = Files.createDirectories(folder.resolve("digits.unfinished/Train/5"));
    Files.writeString(left.resolve("99999.bin"), "of a larger run that was stopped");
    assertEquals(0, dvs("model.zip", "--epochs=1"), run.errors());
    run.assertPrinted("50 training, 0 held out and 70 test samples");
    String[] all = {
      "dvs",
      "--simulated=" + digits,
      "--steps=3",
      "--network=" + NETWORK,
      "--epochs=1",
      "--model=" + folder.resolve("any.zip")
    };
    assertEquals(1, run.execute(with(all, "--simulated-train=60")));
    run.assertComplained(
        "--simulated-train must be 50, the number of recordings in "
            + digits
            + ", got 60. Leave it out to use those, or name another --simulated");
    assertEquals(0, run.execute(all), run.errors());
  }

  @Test
  void shouldNotRecordWhereAnotherProgramDoes() throws IOException {
    WriteLock other = WriteLock.of("--simulated", folder.resolve("digits"), (file, cause) -> {});
    assertEquals(1, dvs("model.zip", "--epochs=1"));
    run.assertComplained("--simulated must be written by one program at a time");
    other.close();
  }

  @Test
  void shouldTrainAsPublishedWhereThatIsAsked() {
    assertEquals(0, dvs("model.zip", "--epochs=1"), run.errors());
    assertTrue(gains(folder.resolve("model.zip")) > 0);
    String[] published = {"--no-normalize", "--no-soft-reset", "--loss=squared-error"};
    assertEquals(0, dvs("published.zip", with(published, "--epochs=1")), run.errors());
    assertEquals(0, gains(folder.resolve("published.zip")));
  }

  @Test
  void shouldAnswerAStreamInTheEndAsTheWholeRecording() {
    assertEquals(0, dvs("model.zip", "--epochs=1"), run.errors());
    Matcher whole = Pattern.compile("Test accuracy: ([0-9.]+) %").matcher(run.output());
    assertTrue(whole.find());
    Path plot = folder.resolve("stream.png");
    String[] stream = {
      "stream",
      "--model=" + folder.resolve("model.zip"),
      "--data=" + folder.resolve("digits"),
      "--set=n-mnist",
      "--steps=3",
      "--piece=2",
      "--millis=300",
      "--plot=" + plot
    };
    assertEquals(0, run.execute(stream), run.errors());
    run.assertPrinted("| 200 ms |");
    run.assertPrinted("| 300 ms | " + whole.group(1) + " % |");
    run.assertPrinted("Latency of a piece: median");
    assertTrue(Files.exists(plot));
  }

  /** Layers whose currents are normalised. */
  private static long gains(Path model) {
    return ModelFile.load(model).paramTable().keySet().stream()
        .filter(name -> name.endsWith("_" + CurrentNormalization.GAIN))
        .count();
  }

  @Test
  void shouldResumeBitForBit() {
    String[] varied = {"--shift=2", "--flip", "--drop=0.2", "--jitter=100", "--hold-out=10"};
    assertEquals(0, dvs("straight.zip", with(varied, "--epochs=2")), run.errors());
    run.assertPrinted("Model chosen on 10 held-out images");
    assertEquals(0, dvs("half.zip", with(varied, "--epochs=1")), run.errors());
    String half = "--resume=" + folder.resolve("half.zip");
    assertEquals(0, dvs("resumed.zip", with(varied, "--epochs=2", half)), run.errors());
    assertSameBits(
        ModelFile.load(folder.resolve("straight.zip")).params(),
        ModelFile.load(folder.resolve("resumed.zip")).params());
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
    assertRefused(
        "--simulated-test must be at least 62, for each digit to occur, got 50",
        "--simulated-test=50");
    assertRefused("CIFAR10-DVS: its folder must be there, got none", "--data=" + folder + "/no");
    assertRefused("got 3C in 3C", "--data=" + folder + "/no", "--network=3C");
  }

  private void assertRefused(String message, String... options) {
    run.clear();
    List<String> all = new ArrayList<>(List.of("dvs"));
    all.addAll(List.of(options));
    assertEquals(1, run.execute(all.toArray(String[]::new)));
    run.assertComplained(message);
  }

  private static String[] with(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private int dvs(String model, String... options) {
    run.clear();
    List<String> all = new ArrayList<>(List.of("dvs"));
    all.addAll(List.of(FEW));
    all.addAll(List.of(options));
    all.add("--simulated=" + folder.resolve("digits"));
    all.add("--steps=3");
    all.add("--network=" + NETWORK);
    all.add("--model=" + folder.resolve(model));
    int exit = run.execute(all.toArray(String[]::new));
    assertTrue(exit != 0 || Files.exists(folder.resolve(model)));
    return exit;
  }

  private void assertMatches(String line) {
    assertTrue(run.output().lines().anyMatch(found -> found.matches(line)), run.output());
  }
}
