package org.dl4jsnn.examples.spoken;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Option;

/** Which words to use, and how their spikes become frames. */
public final class SpokenDataOptions {

  private static final long MICROSECONDS_A_MILLISECOND = 1_000;

  /** The files of a set made here, then those of the Heidelberg Digits. */
  private static final String[][] NAMES = {
    {MakeCommand.SpokenSet.TRAIN, MakeCommand.SpokenSet.TEST}, {"shd_train.h5", "shd_test.h5"}
  };

  @Option(
      names = "--data",
      required = true,
      description =
          "Folder of spoken_train.h5 and spoken_test.h5, which spoken make writes, or of shd_train.h5"
              + " and shd_test.h5.")
  private Path data;

  @Option(names = "--pooling", description = "Number of the 700 channels pooled into one.")
  private int pooling = 10;

  @Option(names = "--step", description = "Duration of a time step, in ms.")
  private int step = 20;

  @Option(names = "--steps", description = "Time steps T; what comes later is left out.")
  private int steps = 40;

  @Option(
      names = "--shift",
      description = "Move each training word randomly by up to this many of the 700 channels.")
  int shift = 30;

  @Option(
      names = "--silent-channels",
      description =
          "Silence up to this many neighbouring pooled channels of each training word, twice.")
  int silentChannels;

  @Option(
      names = "--silent-steps",
      description = "Silence up to this many neighbouring steps of each training word, twice.")
  int silentSteps;

  public void check() {
    OptionRules.atLeast("--step", step, 1);
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.within("--shift", shift, 0, CochleaFile.CHANNELS - 1);
    OptionRules.within("--silent-channels", silentChannels, 0, bins().channels());
    OptionRules.within("--silent-steps", silentSteps, 0, steps);
  }

  private CochleaBins bins() {
    return UserError.explained(
        "--", () -> new CochleaBins(pooling, step * MICROSECONDS_A_MILLISECOND, steps));
  }

  /** Opens the files; at least so many words of the last speakers are held out of training. */
  public SpokenData open(int batch, int heldOut) {
    for (String[] names : NAMES) {
      if (Files.exists(data.resolve(names[0]))) {
        return open(data.resolve(names[0]), data.resolve(names[1]), batch, heldOut);
      }
    }
    throw UserError.of(
        "--data must be a folder of %s or %s, got %s. Possible cause: no set exists yet; make one"
            + " with snn events make-spoken",
        NAMES[0][0], NAMES[1][0], data);
  }

  private SpokenData open(Path train, Path test, int batch, int heldOut) {
    return UserError.explained(
        "Cannot read the words: ",
        () ->
            new SpokenData(
                CochleaFile.open(train), CochleaFile.open(test), bins(), this, batch, heldOut));
  }
}
