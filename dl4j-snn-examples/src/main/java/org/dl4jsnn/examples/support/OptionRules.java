package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dl4jsnn.internal.io.RegularFiles;

/** Rules for the values of options. */
public final class OptionRules {

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] COMPACT_MODEL = {(byte) 0x89, 'S', 'N', 'N'};

  private static final String CAUSE = "Possible cause: the path of another file, or a damaged file";

  private OptionRules() {}

  /** Null is an option that was not given, here and below. */
  public static void atLeast(String option, Integer value, int least) {
    require(value == null || value >= least, option, "at least " + least, value);
  }

  public static void within(String option, Integer value, int from, int to) {
    boolean isWithin = value == null || value >= from && value <= to;
    require(isWithin, option, "from " + from + " to " + to, value);
  }

  public static void positive(String option, Double value) {
    boolean isPositive = value == null || value > 0 && Double.isFinite(value);
    require(isPositive, option, "positive and finite", value);
  }

  public static void share(String option, double value) {
    require(value > 0 && value <= 1, option, "above 0 and at most 1", value);
  }

  public static void fraction(String option, double value) {
    require(value >= 0 && value <= 1, option, "from 0 to 1", value);
  }

  public static void belowOne(String option, double value) {
    require(value >= 0 && value < 1, option, "at least 0 and below 1", value);
  }

  public static void notNegative(String option, double value) {
    require(value >= 0 && Double.isFinite(value), option, "finite and at least 0", value);
  }

  private static void require(boolean holds, String option, String rule, Object value) {
    if (!holds) {
      throw new UserError(option + " must be " + rule + ", got " + value);
    }
  }

  /** Refuses an option together with what excludes it. */
  public static void apart(String option, Object value, boolean isExcluded, String other) {
    if (value != null && isExcluded) {
      throw UserError.of("%s must not be given %s, got %s", option, other, value);
    }
  }

  /** How many of all an option asks for; all if it is not given. */
  public static int first(String option, Integer asked, int all) {
    within(option, asked, 1, all);
    return asked == null ? all : asked;
  }

  /** Checks that a file to read exists. */
  public static Path existing(Path file) {
    String why = RegularFiles.whyNot(file);
    if (why != null) {
      throw new UserError("Cannot read " + file + ": " + why);
    }
    return file;
  }

  /**
   * Checks that a file to write has a name and replaces neither a folder nor the file it is made
   * from, if any.
   */
  public static void target(String option, Path target, Path model) {
    if (target.getFileName() == null || Files.isDirectory(target)) {
      throw new UserError(option + " must be a file, got the folder " + target);
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new UserError(option + " must be a file, got the device or pipe " + target);
    }
    try {
      boolean bothExist = model != null && Files.exists(model) && Files.exists(target);
      if (bothExist && Files.isSameFile(target, model)) {
        throw UserError.of(
            "%s must be another file than the one it is made from, which it would replace, got %s",
            option, target);
      }
    } catch (IOException e) {
      throw new UserError("Cannot read " + target + ": " + e, e);
    }
  }

  /** Checks that a model file exists and starts like one. */
  public static void model(Path file) {
    requireModel(file);
    if (isCompactModel(file)) {
      throw refused(
          file,
          "it must be a network's zip archive, got a compact model, which only snn live and the"
              + " runtime run. Possible cause: the network's own file is meant, from which snn"
              + " deploy made it");
    }
    if (!begins(file, ZIP)) {
      boolean isNamedCompact = file.toString().endsWith(".snn");
      throw refused(
          file,
          "it must be a zip archive, got another kind of file. "
              + CAUSE
              + (isNamedCompact
                  ? ". Compact models (.snn) run in snn live and the runtime only"
                  : ""));
    }
  }

  /** The same, also for a compact model. */
  public static void modelOrCompact(Path file) {
    requireModel(file);
    if (!isCompactModel(file) && !begins(file, ZIP)) {
      throw refused(
          file,
          "it must be a network's zip archive or a compact model (.snn), got another kind of file. "
              + CAUSE);
    }
  }

  private static UserError refused(Path file, String problem) {
    return new UserError("Cannot load a model from " + file.toAbsolutePath() + ": " + problem);
  }

  /** Whether a file starts like a compact model, which the runtime runs. */
  public static boolean isCompactModel(Path file) {
    return begins(file, COMPACT_MODEL);
  }

  private static void requireModel(Path file) {
    String why = RegularFiles.whyNot(file);
    if (why != null) {
      throw UserError.of(
          "Cannot find a model at %s: %s. Possible cause: none was trained yet (snn train does),"
              + " or it was saved elsewhere",
          file.toAbsolutePath(), why);
    }
  }

  private static boolean begins(Path file, byte[] start) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(start, in.readNBytes(start.length));
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e, e);
    }
  }
}
