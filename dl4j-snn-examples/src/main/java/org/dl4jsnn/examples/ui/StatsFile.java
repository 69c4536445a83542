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
import org.dl4jsnn.model.ModelRefusedException;

/**
 * Files of what Deeplearning4j's UI shows. Of its two kinds the one that is an SQLite database: an
 * eighth of the other's size, readable while a training writes to it, and whole after a kill.
 */
public final class StatsFile {

  private static final String READ_ONLY = "1";

  private StatsFile() {}

  /**
   * Checks that statistics may be kept in a file: it is one of theirs, or not there yet. A file
   * that is there is only read.
   *
   * @throws UserError if they may not
   */
  public static void check(Path file) {
    if (Files.exists(file)) {
      checkExisting(file);
    }
  }

  /** The same for a file that is to be there. */
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

  /** The first of these checks, which opens nothing. */
  static void requireReadable(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw refused(file, "that is no file that can be read", null);
    }
  }

  /** Opens a file that was checked, to add to it; makes one where there is none. */
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
            + ". Possible cause: it is another program's, or was cut short",
        cause);
  }
}
