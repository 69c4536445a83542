package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands from end to end, on tones. */
class SpokenExampleTest {

  @TempDir private static Path set;
  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @BeforeAll
  static void makeSet() throws IOException, InterruptedException {
    ToneSpeech.makeSet(set, 2);
  }

  @ParameterizedTest
  @CsvSource({"recurrent, 0, 0", "feedforward, 0, 0", "rates, 1, 20", "lstm, 0, 0"})
  void shouldTrainEveryNetwork(String network, int holdOut, int heldOut) {
    Path model = folder.resolve("model.zip");
    run.assertDone(
        "spoken train --epochs 1 --neurons 8 --pooling 50 --steps 20 --step 30 --network %s"
            + " --hold-out %s --data %s --model %s",
        network, holdOut, set, model);
    run.assertPrinted(
        "40 words of 20 classes by 2 speakers; " + heldOut + " of the words held out");
    run.assertPrinted("frames [14, 20]");
    run.assertPrinted("Reloaded: predicts exactly the same for all 20");
    assertTrue(Files.exists(model));
  }

  @Test
  void shouldRefuseToHoldOutEverySpeaker() {
    run.assertRefused(
        "--hold-out must leave a speaker", "spoken train --hold-out 21 --data %s", set);
  }
}
