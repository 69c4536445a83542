package org.dl4jsnn.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dl4jsnn.examples.support.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFilesTest {

  private static final int RECORDS = 3;

  @TempDir private Path folder;

  @BeforeEach
  void writeSmallFiles() throws IOException {
    CifarBytes.writeAll(folder, RECORDS);
  }

  @Test
  void shouldReadTheTrainingFilesInTheirOrder() throws IOException {
    ColourImages training = CifarFiles.in(folder, RECORDS).training();
    assertEquals("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4]", text(training.labels()));
    byte[] second = Files.readAllBytes(folder.resolve("data_batch_2.bin"));
    int from = 2 * CifarBytes.RECORD + 1;
    assertArrayEquals(Arrays.copyOfRange(second, from, from + 3072), training.images()[5]);
  }

  @Test
  void shouldReadTheTestFile() {
    assertEquals("[5, 6, 7]", text(CifarFiles.in(folder, RECORDS).test().labels()));
  }

  @Test
  void shouldLookIntoTheFolderThatTheArchiveUnpacksTo() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (Path file : Files.list(folder).filter(Files::isRegularFile).toList()) {
      Files.move(file, inside.resolve(file.getFileName()));
    }
    CifarFiles files = CifarFiles.in(folder, RECORDS);
    assertEquals(15, files.training().size());
    assertEquals(inside.toAbsolutePath().toString(), files.toString());
  }

  @Test
  void shouldNameAMissingFile() throws IOException {
    Path missing = folder.resolve("data_batch_4.bin");
    Files.delete(missing);
    String message = messageOfTraining(folder, RECORDS);
    assertTrue(
        message.startsWith(missing.toAbsolutePath() + " must be a file of 9219 bytes, got no such"),
        message);
    assertTellsWhereToGetTheData(message);
  }

  @Test
  void shouldNameAMissingFolder() {
    String message = messageOfTraining(folder.resolve("none"), RECORDS);
    assertTrue(message.contains("none"), message);
    assertTrue(message.contains("got no such folder"), message);
  }

  @Test
  void shouldNameATruncatedFile() throws IOException {
    Path damaged = folder.resolve("data_batch_5.bin");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 5000));
    String message = messageOfTraining(folder, RECORDS);
    assertTrue(
        message.startsWith(damaged.toAbsolutePath() + " must be 9219 bytes long, got 5000"),
        message);
    assertTellsWhereToGetTheData(message);
  }

  @Test
  void shouldExpectTenThousandRecordsPerFile() {
    String message = assertThrows(UserError.class, () -> CifarFiles.in(folder).test()).getMessage();
    assertTrue(message.contains("must be 30730000 bytes long, got 9219"), message);
  }

  @Test
  void shouldNameALabelOutOfRange() throws IOException {
    Path damaged = folder.resolve("data_batch_1.bin");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[2 * CifarBytes.RECORD] = (byte) 200;
    Files.write(damaged, bytes);
    String message = messageOfTraining(folder, RECORDS);
    assertTrue(
        message.startsWith(
            "The label of record 2 of "
                + damaged.toAbsolutePath()
                + " must be from 0 to 9, got"
                + " 200"),
        message);
    assertTellsWhereToGetTheData(message);
  }

  private static String messageOfTraining(Path folder, int records) {
    return assertThrows(UserError.class, () -> CifarFiles.in(folder, records).training())
        .getMessage();
  }

  private static void assertTellsWhereToGetTheData(String message) {
    assertTrue(message.contains("https://www.cs.toronto.edu/~kriz/cifar.html"), message);
    assertTrue(message.contains("c32a1d4ab5d03f1284b67883e8d87530"), message);
    assertTrue(message.contains("1,024 red, 1,024 green and 1,024 blue pixels"), message);
  }

  private static String text(int[] labels) {
    return Arrays.toString(labels);
  }
}
