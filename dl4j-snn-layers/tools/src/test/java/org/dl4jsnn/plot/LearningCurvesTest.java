package org.dl4jsnn.plot;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

@Timeout(60)
class LearningCurvesTest {

  @TempDir private Path folder;

  @Test
  void shouldDrawLogs() throws IOException {
    Path file = folder.resolve("a-log.csv");
    Files.writeString(
        file, "epoch,loss,held_out_accuracy,test_accuracy\n1,1.5,,0.4\n2,1.25,,0.6\n");
    EpochTable log = EpochTable.read(file);
    assertEquals(List.of("epoch", "loss", "held_out_accuracy", "test_accuracy"), log.columns());
    assertEquals(List.of(1.5, 1.25), log.column("loss"));
    assertTrue(log.column("held_out_accuracy").get(0).isNaN());
    assertEquals(1120, Plots.learningCurves(Map.of("a", log, "b", log)).getWidth());
    assertRefused("with a column rate, got epoch, loss", () -> log.column("rate"));
  }

  @Test
  void shouldDrawCurvesOfDifferentLengths() {
    XYChart chart =
        Plots.learningCurves("loss", Map.of("long", List.of(3, 2, 1), "short", List.of(2.5f)));
    assertEquals(3, chart.getSeriesMap().get("long").getXData()[2]);
    assertEquals(1, chart.getSeriesMap().get("short").getXData().length);
    Plots.image(chart);
  }

  @Test
  void shouldBeginAtTheFirstEpoch() throws IOException {
    for (int epochs : new int[] {1, 2, 3, 12, 60, 500}) {
      XYChart chart =
          Plots.learningCurves("loss, nats", Map.of("a", Collections.nCopies(epochs, 1)));
      assertEquals("Loss over the epochs", chart.getTitle());
      assertTrue(chart.getStyler().getXAxisMin() > 0, epochs + " epochs");
      assertTrue(chart.getStyler().getXAxisMin() < 1, epochs + " epochs");
      Plots.image(chart);
    }
    Path file = Files.writeString(folder.resolve("b.csv"), "epoch,loss,test_accuracy\n7,1.5,0.4\n");
    Plots.learningCurves(Map.of("resumed", EpochTable.read(file)));
  }

  @Test
  void shouldRefuseWhatCannotBeDrawn() {
    assertRefused(
        "loss of a must be finite, got NaN at index 1",
        () -> Plots.learningCurves("loss", Map.of("a", List.of(1.0, Double.NaN))));
    assertRefused(
        "loss of a must hold at least one value, got none",
        () -> Plots.learningCurves("loss", Map.of("a", List.<Double>of())));
    assertRefused(
        "curves must be a whole number of at least 1, got 0",
        () -> Plots.learningCurves("loss", Map.<String, List<Double>>of()));
    assertRefused(
        "logs must be a whole number of at least 1, got 0",
        () -> Plots.learningCurves(new HashMap<String, EpochTable>()));
  }

  @Test
  void shouldExplainFilesThatAreNotLogs() throws IOException {
    assertThrows(IOException.class, () -> EpochTable.read(folder.resolve("none.csv")));
    assertUnread("must hold at least one epoch", "epoch\n");
    assertUnread("with 2 numbers per line, got in line 3: 1 numbers", "x,y\n1,2\n3\n");
    assertUnread("got in line 2: For input string: \"a\"", "x,y\n1,a\n");
  }

  private void assertUnread(String message, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("other.csv"), content);
    assertRefused(message, () -> EpochTable.read(file));
  }
}
