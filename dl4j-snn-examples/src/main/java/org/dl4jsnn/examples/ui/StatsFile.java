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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return UserError.of(
        cause,
        "--stats must name a file of statistics, got %s: %s. Possible cause: another program's"
            + " file, or a truncated one",
        file.toAbsolutePath(),
        got);
  }

  /**
   * The tables of a statistics file, as Deeplearning4j makes them. Anything else is refused: a
   * view, a trigger, a virtual table or a computed column may return something else on the next
   * read, so the data shown would differ from the data checked.
   */
  static final class StatsSchema {

    private static final String BEGIN = "(SessionID TEXT NOT NULL, TypeID TEXT NOT NULL, ";
    private static final String OBJECT = "ObjectClass TEXT NOT NULL, ObjectBytes BLOB NOT NULL, ";

    private static final Map<String, String> COLUMNS =
        Map.of(
            "StorageMetaData",
            BEGIN + OBJECT + "PRIMARY KEY (SessionID, TypeID))",
            "StaticInfo",
            BEGIN
                + "WorkerID TEXT NOT NULL, "
                + OBJECT
                + "PRIMARY KEY (SessionID, TypeID, WorkerID))",
            "Updates",
            BEGIN
                + "WorkerID TEXT NOT NULL, Timestamp INTEGER NOT NULL, "
                + OBJECT
                + "PRIMARY KEY (SessionID, TypeID, WorkerID, Timestamp))");

    static final List<String> TABLES = List.of("StorageMetaData", "StaticInfo", "Updates");

    private StatsSchema() {}

    /** The fault, if any. */
    static Optional<String> problem(Connection connection) throws SQLException {
      Map<String, String> missing = new HashMap<>(COLUMNS);
      String other = null;
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("SELECT type, name, sql FROM sqlite_master")) {
        while (found.next()) {
          String type = found.getString(1);
          String name = found.getString(2);
          String sql = found.getString(3);
          boolean isKey = type.equals("index") && sql == null;
          String columns = missing.remove(name);
          boolean isTable =
              columns != null
                  && type.equals("table")
                  && spaceless(sql).equals(spaceless("CREATE TABLE " + name + columns));
          if (!isKey && !isTable) {
            other = type + " " + name;
          }
        }
      }
      if (!missing.isEmpty()) {
        return Optional.of("a file without its tables " + TABLES);
      }
      return Optional.ofNullable(other)
          .map(found -> "one with more than Deeplearning4j's tables as it makes them: " + found);
    }

    private static String spaceless(String sql) {
      return sql == null ? "" : sql.replaceAll("\\s", "");
    }
  }
}
