package org.dl4jsnn.examples.ui;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a statistics file, as Deeplearning4j makes them. Anything else is refused: a view,
 * a trigger, a virtual table or a computed column may return something else on the next read, so
 * the data shown would differ from the data checked.
 */
final class StatsSchema {

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
