package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Digits in front of a simulated camera, in N-MNIST's layout; recorded once. */
final class SimulatedDigits {

  private static final long SEED = 1;

  @Option(
      names = "--simulated",
      description = "Without --data: where the simulated recordings are, or are to be.")
  Path folder = Path.of("target", "simulated-digits");

  @Option(names = "--simulated-train", description = "How many to record for training.")
  int train = 1000;

  @Option(names = "--simulated-test", description = "How many to record for testing.")
  int test = 300;

  void check() {
    MnistFiles digits = MnistFiles.embedded();
    requireEveryDigit("--simulated-train", digits.training(), train);
    requireEveryDigit("--simulated-test", digits.test(), test);
  }

  /** A digit that does not occur would leave a folder of N-MNIST's layout out. */
  private static void requireEveryDigit(String option, Digits digits, int count) {
    OptionRules.within(option, count, 1, digits.size());
    Set<Integer> found = new HashSet<>();
    int needed = 0;
    while (needed < digits.size() && found.size() < Digits.CLASSES) {
      found.add(digits.labels()[needed++]);
    }
    if (count < needed) {
      throw new UserError(
          option + " must be at least " + needed + ", for each digit to occur, got " + count);
    }
  }

  /**
   * Records them, if the folder is not there.
   *
   * @return whether they are there now; if not, recording was stopped
   */
  boolean record(int threads, Output output) throws InterruptedException {
    if (Files.exists(folder)) {
      output.print("Recordings of before: %s", folder);
      return true;
    }
    output.print("Recording %,d digits with a simulated camera", train + test);
    MnistFiles digits = MnistFiles.embedded();
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    List<SimulationRun.Part> parts =
        List.of(
            SimulationRun.Part.all("Train", SourcePictures.of(digits.training().range(0, train))),
            SimulationRun.Part.all("Test", SourcePictures.of(digits.test().range(0, test))));
    int exit =
        new SimulationRun(SimulatedSet.N_MNIST, parts, unfinished, SEED, output).run(threads);
    if (exit != 0) {
      return false;
    }
    try {
      Files.move(unfinished, folder);
    } catch (IOException e) {
      throw new UserError("Cannot move " + unfinished + " to " + folder + ": " + e, e);
    }
    return true;
  }
}
