package org.dl4jsnn.examples.ui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.ui.model.stats.api.StatsInitializationReport;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;

/**
 * The content of a statistics file's tables. Deeplearning4j deserialises their Java objects without
 * checking classes, loads any class named in their configurations, and pastes session names into
 * SQL. So all of it is checked first.
 */
public final class StatsObjects {

  private static final ObjectInputFilter WRITTEN =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=30;maxarray=100000000;org.deeplearning4j.ui.model.**;org.dl4jsnn.monitor.health.ui.*;"
              + "org.nd4j.common.primitives.*;java.base/java.lang.*;java.base/java.util.*;!*");

  /** The name of the content in messages. */
  private static final int LONGEST_SHOWN = 200;

  private StatsObjects() {}

  /**
   * From now on, forbids the whole virtual machine to deserialise other classes. This is possible
   * once; a filter given by the user (jdk.serialFilter) takes precedence. Only for a program that
   * does nothing but show a file.
   */
  public static void refuseOthersEverywhere() {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(WRITTEN);
    }
  }

  /**
   * Reads all rows; refuses objects of other classes, names that are not safe for SQL, and networks
   * that must not be loaded.
   */
  static void check(Connection connection) throws SQLException, IOException {
    for (String table : StatsFile.StatsSchema.TABLES) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column < columns; column++) {
            checkName(rows.getString(column));
          }
          check(rows.getBytes(columns));
        }
      }
    }
  }

  /** The name of a session, a type or a worker. */
  private static void checkName(String name) throws IOException {
    if (name != null && name.indexOf('\'') >= 0) {
      throw new IOException("one with a name that ends what SQL quotes: " + shown(name));
    }
  }

  private static void check(byte[] bytes) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(WRITTEN);
      Object object = in.readObject();
      if (object instanceof Persistable named) {
        checkName(named.getSessionID());
        checkName(named.getTypeID());
        checkName(named.getWorkerID());
      }
      if (object instanceof StatsInitializationReport report) {
        checkNetwork(report);
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("an object of a class that is not there, " + e.getMessage(), e);
    } catch (ModelRefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IOException("one with a damaged object: " + shown(e), e);
    }
  }

  /** Chosen by name, as the pages do. */
  private static void checkNetwork(StatsInitializationReport report) throws IOException {
    String type = String.valueOf(report.getModelClassName());
    if (report.getModelClassName() == null && report.getModelConfigJson() == null) {
      return;
    }
    if (type.endsWith("MultiLayerNetwork")) {
      SafeModels.defaults().multiLayerFromJson(report.getModelConfigJson());
    } else if (type.endsWith("ComputationGraph")) {
      SafeModels.defaults().graphFromJson(report.getModelConfigJson());
    } else {
      throw new IOException("one of neither a MultiLayerNetwork nor a graph: " + shown(type));
    }
  }

  private static String shown(Object found) {
    String text = String.valueOf(found).replaceAll("\\p{Cntrl}", " ");
    return text.substring(0, Math.min(text.length(), LONGEST_SHOWN));
  }
}
