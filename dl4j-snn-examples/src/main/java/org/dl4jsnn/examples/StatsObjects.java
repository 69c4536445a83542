package org.dl4jsnn.examples;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The Java-serialised objects in a file of statistics. Deeplearning4j reads them without asking
 * which classes they are of, and reading an object of some classes runs code; so they are read here
 * first, of the classes that it writes alone.
 */
final class StatsObjects {

  private static final ObjectInputFilter WRITTEN =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=30;maxarray=100000000;org.deeplearning4j.ui.model.**;org.dl4jsnn.monitor.health.ui.*;"
              + "org.nd4j.common.primitives.*;java.base/java.lang.*;java.base/java.util.*;!*");

  private StatsObjects() {}

  /**
   * Reads all objects.
   *
   * @throws IOException if one is of another class, or damaged
   */
  static void check(Connection connection, List<String> tables) throws SQLException, IOException {
    for (String table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT ObjectBytes FROM " + table)) {
        while (rows.next()) {
          check(rows.getBytes(1));
        }
      }
    }
  }

  private static void check(byte[] object) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(object))) {
      in.setObjectInputFilter(WRITTEN);
      in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException("an object of a class that is not there, " + e.getMessage(), e);
    }
  }
}
