package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.WriteLock;
import picocli.CommandLine.Option;

/** Digits in front of a simulated camera, in N-MNIST's layout, recorded once. */
public final class SimulatedDigits {

  /** Where they are, unless told otherwise. */
  static final Path FOLDER = Path.of("target", "simulated-digits");

  /** The length of a recording: three sides of 105 ms. */
  static final double MILLIS = 315;

  private static final long SEED = 1;
  private static final int TRAIN = 1000;
  private static final int TEST = 300;

  @Option(
      names = "--simulated",
      description = "Without --data: the folder of the simulated recordings; created if missing.")
  public Path folder = FOLDER;

  @Option(
      names = "--simulated-train",
      description = "Number to record for training; default: 1000, or the existing number.")
  Integer train;

  @Option(
      names = "--simulated-test",
      description = "Number to record for testing; default: 300, or the existing number.")
  Integer test;

  public void check() {
    MnistFiles digits = MnistFiles.embedded();
    requireEveryDigit("--simulated-train", digits.training(), number(train, TRAIN));
    requireEveryDigit("--simulated-test", digits.test(), number(test, TEST));
  }

  private static int number(Integer asked, int otherwise) {
    return asked == null ? otherwise : asked;
  }

  /** If a digit does not occur, a folder of N-MNIST's layout is missing. */
  private static void requireEveryDigit(String option, Digits digits, int count) {
    OptionRules.within(option, count, 1, digits.size());
    int needed = SourceImages.of(digits).firstWithEachClass(1);
    if (count < needed) {
      throw new UserError(
          option + " must be at least " + needed + ", for each digit to occur, got " + count);
    }
  }

  /** Records them if the folder does not exist; returns false if recording was stopped. */
  public boolean record(int threads, Output output) throws InterruptedException {
    if (isThere(output)) {
      return true;
    }
    WriteLock lock = lock(output);
    try {
      // Another program may have recorded them in the meantime.
      return isThere(output) || recordAlone(threads, output);
    } finally {
      lock.close();
    }
  }

  private WriteLock lock(Output output) {
    return UserError.explained(
        "",
        () ->
            WriteLock.of(
                "--simulated",
                folder,
                (file, cause) ->
                    output.warning(
                        "Cannot lock %s: a second training would not be noticed (%s)",
                        file, cause)));
  }

  private boolean isThere(Output output) {
    boolean there = Files.exists(folder);
    if (there) {
      output.progress("Existing recordings: %s", folder);
    }
    return there;
  }

  private boolean recordAlone(int threads, Output output) throws InterruptedException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    deleteUnfinished(unfinished);
    int training = number(train, TRAIN);
    int testing = number(test, TEST);
    output.progress("Recording %,d digits with a simulated camera", training + testing);
    MnistFiles digits = MnistFiles.embedded();
    List<CameraRun.Part> parts =
        List.of(part("Train", digits.training(), training), part("Test", digits.test(), testing));
    int exit =
        new CameraRun(SimulatedSet.N_MNIST, parts, unfinished, SEED, output).run(threads, folder);
    if (exit != 0) {
      return false;
    }
    UserError.explained(
        "Cannot move " + unfinished + " to " + folder + ": ", () -> Files.move(unfinished, folder));
    return true;
  }

  private static CameraRun.Part part(String name, Digits digits, int count) {
    return CameraRun.Part.of(name, SourceImages.of(digits), count, Integer.MAX_VALUE);
  }

  /** A stopped run may have left more than is needed now. */
  private static void deleteUnfinished(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UserError(
          "Cannot delete the files that an earlier run left in " + folder + ": " + e, e);
    }
  }

  /** Checks that the number of existing recordings is as requested. */
  public void requireAsAsked(EventDataSet recordings) {
    require("--simulated-train", train, recordings.train().size());
    require("--simulated-test", test, recordings.test().size());
  }

  private void require(String option, Integer asked, int found) {
    if (asked != null && asked != found) {
      throw UserError.of(
          "%s must be %d, the number of recordings in %s, got %d. Leave it out to use those, or"
              + " name another --simulated",
          option, found, folder, asked);
    }
  }
}
