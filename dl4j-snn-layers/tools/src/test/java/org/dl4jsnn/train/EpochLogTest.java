package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochLogTest {

  @TempDir private Path folder;

  @Test
  void shouldCountEpochsWithoutABetterModelWhereSamplesWereHeldOut() {
    EpochRow without = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of());
    EpochRow with = new EpochRow(2, 20, 1e-3, 1.4, 0.5, 0.5, 3, 50, List.of());
    EpochRow worse = new EpochRow(3, 30, 1e-3, 1.3, 0.4, 0.5, 3, 50, List.of());
    Path model = folder.resolve("a.zip");
    assertEquals(0, new EpochLog(model, List.of(), List.of(without)).epochsWithoutBetter());
    List<EpochRow> rows = List.of(without, without, with, worse);
    assertEquals(1, new EpochLog(model, List.of(), rows).epochsWithoutBetter());
  }

  @Test
  void shouldReadTheRowsItWrites() throws IOException {
    EpochRow row = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of(0.25));
    EpochLog log = new EpochLog(folder.resolve("a.zip"), List.of("one, two"), List.of(row));
    log.write();
    List<String> lines = Files.readAllLines(TrainingFiles.log(folder.resolve("a.zip")));
    assertEquals(
        "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,"
            + "samples_per_second,rate_one  two",
        lines.get(0));
    assertEquals(row, EpochRow.fromCsv(lines.get(1)));
  }

  @Test
  void shouldRefuseOtherLines() {
    assertEquals(
        "line must have at least 8 cells, got 1,2",
        assertThrows(IllegalArgumentException.class, () -> EpochRow.fromCsv("1,2")).getMessage());
  }
}
