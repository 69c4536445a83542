package org.dl4jsnn.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

@Timeout(60)
class PlotsTest {

  @TempDir private Path folder;
  private final XYChart chart = LearningCurves.of("figure", Map.of("one", List.of(1, 2, 3)));

  @Test
  void shouldWritePngFiles() throws IOException {
    Path file = folder.resolve("a.png");
    Plots.save(chart, file);
    assertEquals(chart.getWidth(), ImageIO.read(file.toFile()).getWidth());
    Plots.save(Plots.grid(List.of(chart, chart, chart), 2), file);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(2 * chart.getWidth(), picture.getWidth());
    assertEquals(2 * chart.getHeight(), picture.getHeight());
  }

  @Test
  void shouldStackChartsOfAnySize() {
    XYChart low = Charts.overTime("low", 100, "y", 3);
    low.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    BufferedImage picture = Plots.grid(List.of(chart, low), 1);
    assertEquals(Charts.WIDTH, picture.getWidth());
    assertEquals(chart.getHeight() + 100, picture.getHeight());
    assertEquals(chart.getWidth(), Plots.grid(List.of(chart), 4).getWidth());
  }

  @Test
  void shouldSayWhatItCannotWrite() {
    Path file = folder.resolve("a.jpg");
    IllegalArgumentException name =
        assertThrows(IllegalArgumentException.class, () -> Plots.save(chart, file));
    assertTrue(name.getMessage().contains("must end in .png, got"), name.getMessage());
    assertFalse(Files.exists(file));
    assertThrows(
        IOException.class, () -> Plots.save(chart, folder.resolve("none").resolve("a.png")));
    assertThrows(IllegalArgumentException.class, () -> Plots.grid(List.of(), 1));
    assertThrows(IllegalArgumentException.class, () -> Plots.grid(List.of(chart), 0));
  }

  @Test
  void shouldRefuseAWindowWithoutAScreen() {
    assumeTrue(GraphicsEnvironment.isHeadless());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Plots.show(chart));
    assertTrue(e.getMessage().contains("write the plot to a file with Plots.save"), e.getMessage());
    BufferedImage picture = Plots.image(chart);
    assertThrows(IllegalStateException.class, () -> Plots.show(picture, "title"));
  }
}
