package org.dl4jsnn.examples.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatsFileTest {

  private static final List<String> COMMANDS = List.of("mnist --stats=%s", "ui --stats=%s");

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldRefuseAFileOfAnotherProgramAndLeaveItAsItIs() throws Exception {
    Path text = folder.resolve("notes.txt");
    Files.writeString(text, "No statistics at all.\n".repeat(100));
    assertRefused(text, "not a database");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertRefused(empty, "a file without its tables");
    Path other = folder.resolve("other.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other)) {
      connection.createStatement().executeUpdate("CREATE TABLE letters (text TEXT)");
    }
    assertRefused(other, "a file without its tables [StorageMetaData, StaticInfo, Updates]");
  }

  @Test
  void shouldRefuseADamagedFile() throws Exception {
    Path whole = folder.resolve("whole.stats");
    StatsFile.open(whole).close();
    StatsFile.check(whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path half = folder.resolve("half.stats");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(half, "malformed");
  }

  @Test
  void shouldNotReadObjectsOfOtherClasses() throws Exception {
    Path file = withRow("s", new Hostile());
    assertRefused(file, "one with objects of other classes");
    assertFalse(Hostile.read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MultiLayerNetwork", "ComputationGraph", "Model"})
  void shouldNotLookUpClassesThatAReportsNetworkNames(String type) throws Exception {
    String foreign = "{\"@class\": \"" + Foreign.class.getName() + "\"}";
    String json =
        "{\"confs\": [{\"layer\": " + foreign + "}], \"vertices\": {\"a\": " + foreign + "}}";
    Path file = withRow("s", report(type, json));
    assertRefused(file, type.equals("Model") ? "neither" : "classes must be allowed");
    assertFalse(initialised);
  }

  @Test
  void shouldTakeReportsOfNetworks() throws Exception {
    MultiLayerConfiguration network =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
            .build();
    StatsFile.check(withRow("s", report("MultiLayerNetwork", network.toJson())));
  }

  private static SbeStatsInitializationReport report(String type, String json) {
    SbeStatsInitializationReport report = new SbeStatsInitializationReport();
    report.reportIDs("s", "t", "w", 1);
    report.reportModelInfo(type, json, new String[0], 1, 1);
    return report;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE StaticInfo RENAME TO R; CREATE VIEW StaticInfo AS SELECT SessionID, TypeID,"
            + " WorkerID, ObjectClass, CASE WHEN random() % 2 = 0 THEN ObjectBytes ELSE x'00' END"
            + " AS ObjectBytes FROM R",
        "CREATE VIEW other AS SELECT random()",
        "CREATE TRIGGER other AFTER INSERT ON Updates BEGIN DELETE FROM StaticInfo; END",
        "CREATE TABLE other (text TEXT)",
        "CREATE INDEX other ON Updates (ObjectBytes)",
        "DROP TABLE Updates; CREATE VIRTUAL TABLE Updates USING fts5 (ObjectBytes)",
        "ALTER TABLE Updates ADD COLUMN other AS (hex(ObjectBytes))"
      })
  void shouldRefuseTablesThatMayAnswerOtherwiseTheNextTime(String sql) throws Exception {
    Path file = withRow("s", report("MultiLayerNetwork", "{}"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().executeUpdate(sql);
    }
    assertRefused(file, "one with more than Deeplearning4j's tables");
  }

  @Test
  void shouldRefuseNamesThatAreSql() throws Exception {
    assertRefused(withRow("' UNION SELECT x'aced' --", "text"), "ends what SQL quotes");
  }

  @Test
  void shouldFilterAWholeVirtualMachine() throws Exception {
    assertTrue(readElsewhere("a text of statistics").contains("a text of statistics"));
    assertTrue(readElsewhere(ReadsAnyObject.another()).contains("InvalidClassException"));
  }

  private static String readElsewhere(Object object) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReadsAnyObject.class.getName())
            .redirectErrorStream(true)
            .start();
    try (ObjectOutputStream out = new ObjectOutputStream(java.getOutputStream())) {
      out.writeObject(object);
    }
    return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Path withRow(String session, Serializable object) throws Exception {
    Path file = folder.resolve("hostile.stats");
    StatsFile.open(file).close();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(object);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO StaticInfo VALUES (?, 't', 'w', 'c', ?)")) {
      insert.setString(1, session);
      insert.setBytes(2, bytes.toByteArray());
      insert.executeUpdate();
    }
    return file;
  }

  private static boolean initialised;

  /** No part of any network. */
  private static final class Foreign {

    static {
      initialised = true;
    }
  }

  /** Any serialisable class. */
  private static final class Hostile implements Serializable {

    private static final long serialVersionUID = 1L;
    private static boolean read;

    private void readObject(ObjectInputStream in) {
      read = true;
    }
  }

  @Test
  void shouldRefuseAFolder() {
    for (String command : COMMANDS) {
      run.assertRefused("--stats must name a file of statistics, got " + folder, command, folder);
    }
    Path none = folder.resolve("none.stats");
    run.assertRefused("--stats must name a file of statistics, got " + none, "ui --stats=%s", none);
    assertFalse(Files.exists(none));
  }

  private void assertRefused(Path file, String why) throws Exception {
    byte[] before = Files.readAllBytes(file);
    for (String command : COMMANDS) {
      run.assertRefused(
          "--stats must name a file of statistics, got " + file + ": ", command, file);
      run.assertComplained(why);
      run.assertComplained("Possible cause: another program's file, or a truncated one");
    }
    assertArrayEquals(before, Files.readAllBytes(file));
    assertTrue(Files.list(folder).noneMatch(left -> left.toString().endsWith("-journal")));
  }

  /** A separate program that reads an object, as Deeplearning4j reads those of statistics. */
  static final class ReadsAnyObject {

    private ReadsAnyObject() {}

    /** Of a class of Java, but not of one that statistics have. */
    static Object another() {
      return new InetSocketAddress("127.0.0.1", 1);
    }

    public static void main(String[] args) throws IOException, ClassNotFoundException {
      StatsObjects.refuseOthersEverywhere();
      StatsObjects.refuseOthersEverywhere();
      System.out.println(new ObjectInputStream(System.in).readObject());
    }
  }
}
