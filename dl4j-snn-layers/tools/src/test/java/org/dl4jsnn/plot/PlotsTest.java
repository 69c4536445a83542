package org.dl4jsnn.plot;

import static org.dl4jsnn.Refusals.assertRefused;
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
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;

@Timeout(60)
class PlotsTest {

  @TempDir private Path folder;
  private final XYChart chart = Plots.learningCurves("figure", Map.of("one", List.of(1, 2, 3)));

  @Test
  void shouldWritePngFiles() throws IOException {
    Path file = folder.resolve("a.png");
    Plots.save(chart, file);
    assertEquals(chart.getWidth(), ImageIO.read(file.toFile()).getWidth());
    Plots.save(Plots.grid(List.of(chart, chart, chart), 2), file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(2 * chart.getWidth(), image.getWidth());
    assertEquals(2 * chart.getHeight(), image.getHeight());
  }

  @Test
  void shouldMakeTheFolderAndWriteInSpiteOfAnInterrupt() throws IOException {
    Path file = folder.resolve("new").resolve("a.png");
    Thread.currentThread().interrupt();
    Plots.save(chart, file);
    assertTrue(Thread.interrupted(), "stays interrupted");
    assertEquals(chart.getWidth(), ImageIO.read(file.toFile()).getWidth());
  }

  @Test
  void shouldStackChartsOfAnySize() {
    XYChart low = Charts.overTime("low", 100, "y", 3);
    low.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    BufferedImage image = Plots.grid(List.of(chart, low), 1);
    assertEquals(Charts.WIDTH, image.getWidth());
    assertEquals(chart.getHeight() + 100, image.getHeight());
    assertEquals(chart.getWidth(), Plots.grid(List.of(chart), 4).getWidth());
  }

  @Test
  void shouldAlignThePlotAreasOfAColumn() {
    XYChart wide = Charts.overTime("wide", 200, "y", 3);
    wide.addSeries("a", new double[] {1, 2}, new double[] {-1.2345e9, 3e9});
    XYChart narrow = Charts.overTime("narrow", 200, "y", 3);
    narrow.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    XYChart bare = Charts.overTime("bare", 200, "", 3);
    bare.getStyler().setYAxisTicksVisible(false);
    Plots.image(bare);
    List<XYChart> charts = List.of(narrow, wide, bare);
    List<BufferedImage> drawn = LeftEdges.aligned(charts, 1);
    List<Integer> edges = drawn.stream().map(PlotsTest::leftEdge).toList();
    assertEquals(1, Set.copyOf(edges).size(), edges.toString());
    assertEquals(
        List.of(70, 70, 70),
        charts.stream().map(c -> c.getStyler().getYAxisLeftWidthHint()).toList());
  }

  /** The first column that is dark from the middle of the image a good way down. */
  private static int leftEdge(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x++) {
      int dark = 0;
      for (int y = 70; y < 130; y++) {
        dark += (image.getRGB(x, y) & 0xFF) < 170 ? 1 : 0;
      }
      if (dark == 60) {
        return x;
      }
    }
    throw new AssertionError("no frame");
  }

  @Test
  void shouldSayWhatItCannotWrite() throws IOException {
    Path file = folder.resolve("a.jpg");
    assertRefused("must end in .png, got", () -> Plots.save(chart, file));
    assertFalse(Files.exists(file));
    Path inTheWay = Files.createFile(folder.resolve("way"));
    assertThrows(IOException.class, () -> Plots.save(chart, inTheWay.resolve("a.png")));
    assertThrows(IllegalArgumentException.class, () -> Plots.grid(List.of(), 1));
    assertThrows(IllegalArgumentException.class, () -> Plots.grid(List.of(chart), 0));
  }

  @Test
  void shouldRefuseAWindowWithoutAScreen() {
    assumeTrue(GraphicsEnvironment.isHeadless());
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Plots.show(chart));
    assertTrue(e.getMessage().contains("write the plot to a file with Plots.save"), e.getMessage());
    BufferedImage image = Plots.image(chart);
    assertThrows(IllegalStateException.class, () -> Plots.show(image, "title"));
  }
}
