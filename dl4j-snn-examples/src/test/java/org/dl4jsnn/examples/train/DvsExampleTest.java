package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.internal.io.WriteLock;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DvsExampleTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  /** The first digits of each class come early: 44 training and 62 test digits hold all ten. */
  @BeforeEach
  void takeFewDigits() {
    run.setDefaults(
        "--simulated-train=50 --simulated-test=70 --simulated=%s --steps=3 --network=4C3-AP2-10",
        folder.resolve("digits"));
  }

  private Path trained(String name, String options, Object... values) {
    Path model = folder.resolve(name + ".zip");
    run.clear();
    run.assertDone("dvs --model=" + model + " " + options, values);
    return model;
  }

  @Test
  void shouldTrainOnSimulatedRecordingsAndKeepThem() {
    Path model = trained("model", "--epochs=1");
    run.assertPrinted("Recording 120 digits with a simulated camera");
    run.assertPrinted(
        "Data: N-MNIST: 10 classes, 50 training, 0 held out and 70 test samples of 34 x 34;"
            + " frames [channels, T, height, width] = [2, 3, 34, 34]");
    run.assertPrinted("Test accuracy:");
    run.assertPrinted("predicts exactly the same for all 70 test samples");
    Path again = trained("again", "--epochs=1");
    run.assertPrinted("Existing recordings: " + folder.resolve("digits"));
    assertSameBits(ModelFile.load(model).params(), ModelFile.load(again).params());
  }

  @Test
  void shouldTrainAResidualNetwork() {
    Path model = trained("residual", "--epochs=1 --network=4C3-4B3/2-GAP");
    run.assertPrinted("predicts exactly the same for all 70 test samples");
    assertInstanceOf(ComputationGraph.class, SavedNetwork.load(model));
  }

  @Test
  void shouldNotTrainOnOtherRecordingsThanThoseAskedFor() throws IOException {
    Path digits = folder.resolve("digits");
    Path left = Files.createDirectories(folder.resolve("digits.unfinished/Train/5"));
    Files.writeString(left.resolve("99999.bin"), "of a larger run that was stopped");
    trained("model", "--epochs=1");
    run.assertPrinted("50 training, 0 held out and 70 test samples");
    run.setDefaults(
        "--simulated=%s --steps=3 --network=4C3-AP2-10 --epochs=1 --model=%s/any.zip",
        digits, folder);
    run.assertRefused(
        "--simulated-train must be 50, the number of recordings in "
            + digits
            + ", got 60. Leave it out to use those, or name another --simulated",
        "dvs --simulated-train=60");
    run.assertDone("dvs");
  }

  @Test
  void shouldNotRecordWhereAnotherProgramDoes() throws IOException {
    WriteLock other = WriteLock.of("--simulated", folder.resolve("digits"), (file, cause) -> {});
    run.assertRefused(
        "--simulated must be written by one program at a time",
        "dvs --epochs=1 --model=%s/model.zip",
        folder);
    other.close();
  }

  @Test
  void shouldTrainAsPublishedWhereThatIsAsked() {
    assertTrue(gains(trained("model", "--epochs=1")) > 0);
    String published = "--no-normalize --no-soft-reset --loss=squared-error --epochs=1";
    assertEquals(0, gains(trained("published", published)));
  }

  @Test
  void shouldAnswerAStreamInTheEndAsTheWholeRecording() {
    Path model = trained("model", "--epochs=1");
    Matcher whole = Pattern.compile("Test accuracy: ([0-9.]+) %").matcher(run.output());
    assertTrue(whole.find());
    Path plot = folder.resolve("stream.png");
    run.setDefaults("--data=%s --set=n-mnist", folder.resolve("digits"));
    run.assertDone("stream --model=%s --steps=3 --piece=2 --millis=300 --plot=%s", model, plot);
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
    String varied = "--shift=2 --flip --drop=0.2 --jitter=100 --hold-out=10 ";
    Path straight = trained("straight", varied + "--epochs=2");
    run.assertPrinted("Model chosen on 10 held-out images");
    Path half = trained("half", varied + "--epochs=1");
    Path resumed = trained("resumed", varied + "--epochs=2 --resume=%s", half);
    assertSameBits(ModelFile.load(straight).params(), ModelFile.load(resumed).params());
  }
}
