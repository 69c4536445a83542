package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsFileTest {

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
    Path file = folder.resolve("hostile.stats");
    StatsFile.open(file).close();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    new ObjectOutputStream(object).writeObject(new Hostile());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO StaticInfo VALUES ('s', 't', 'w', 'c', ?)")) {
      insert.setBytes(1, object.toByteArray());
      insert.executeUpdate();
    }
    assertRefused(file, "one with objects of other classes");
    assertFalse(Hostile.read);
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
    for (String[] command : commands(folder)) {
      run.clear();
      assertEquals(1, run.execute(command));
      run.assertComplained("--stats must name a file of statistics, got " + folder);
    }
  }

  @Test
  void shouldShowNothingThatIsNotThere() {
    Path none = folder.resolve("none.stats");
    assertEquals(1, run.execute("ui", "--stats=" + none));
    run.assertComplained("--stats must name a file of statistics, got " + none);
    assertFalse(Files.exists(none));
  }

  private void assertRefused(Path file, String why) throws Exception {
    byte[] before = Files.readAllBytes(file);
    for (String[] command : commands(file)) {
      run.clear();
      assertEquals(1, run.execute(command));
      run.assertComplained("--stats must name a file of statistics, got " + file + ": ");
      run.assertComplained(why);
      run.assertComplained("Possible cause: it is another program's, or was cut short");
    }
    assertArrayEquals(before, Files.readAllBytes(file));
    assertTrue(Files.list(folder).noneMatch(left -> left.toString().endsWith("-journal")));
  }

  private static String[][] commands(Path file) {
    String stats = "--stats=" + file;
    return new String[][] {
      {"mnist", stats}, {"timing", stats}, {"gradients", stats}, {"ui", stats}
    };
  }
}
