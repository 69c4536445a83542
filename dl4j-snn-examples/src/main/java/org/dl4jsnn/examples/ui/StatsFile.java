package org.dl4jsnn.examples.ui;

import java.io.IOException;
import java.io.InvalidClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.storage.sqlite.J7FileStatsStorage;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.RegularFiles;
import org.dl4jsnn.model.ModelRefusedException;

/**
 * Statistics files of Deeplearning4j's UI. Of its two kinds this is the SQLite database: an eighth
 * of the other's size, readable while a training writes to it, and intact after a kill.
 */
public final class StatsFile {

  private static final String READ_ONLY = "1";

  private StatsFile() {}

  /**
   * Checks that statistics may be kept in a file: it is a statistics file or does not exist yet. An
   * existing file is only read.
   *
   * @throws UserError if they must not
   */
  public static void check(Path file) {
    if (Files.exists(file)) {
      checkExisting(file);
    }
  }

  /** The same for a file that must exist. */
  static void checkExisting(Path file) {
    requireReadable(file);
    Properties readOnly = new Properties();
    readOnly.setProperty("open_mode", READ_ONLY);
    try (Connection connection = DriverManager.getConnection(url(file), readOnly)) {
      Optional<String> problem = StatsSchema.problem(connection);
      if (problem.isPresent()) {
        throw refused(file, problem.get(), null);
      }
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (!result.next() || !"ok".equals(result.getString(1))) {
          throw refused(file, "a damaged one: " + result.getString(1), null);
        }
      }
      StatsObjects.check(connection);
    } catch (ModelRefusedException e) {
      throw refused(file, "one with a network that is not shown: " + e.getMessage(), e);
    } catch (InvalidClassException e) {
      throw refused(file, "one with objects of other classes: " + e.getMessage(), e);
    } catch (SQLException | IOException e) {
      throw refused(file, e.getMessage(), e);
    }
  }

  /** The first check, without opening the file. */
  static void requireReadable(Path file) {
    String why = RegularFiles.whyNot(file);
    if (why != null) {
      throw new UserError("--stats must name a file of statistics, got " + file + ": " + why);
    }
    if (!Files.isReadable(file)) {
      throw refused(file, "an unreadable file", null);
    }
  }

  /** Opens a checked file for adding; creates it if missing. */
  static StatsStorage open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new J7FileStatsStorage(file.toFile());
    } catch (IOException | RuntimeException e) {
      throw new UserError("Cannot keep statistics in " + file.toAbsolutePath() + ": " + e, e);
    }
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  private static UserError refused(Path file, String got, Throwable cause) {
    return new UserError(
        "--stats must name a file of statistics, got "
            + file.toAbsolutePath()
            + ": "
            + got
            + ". Possible cause: another program's file, or a truncated one",
        cause);
  }
}
