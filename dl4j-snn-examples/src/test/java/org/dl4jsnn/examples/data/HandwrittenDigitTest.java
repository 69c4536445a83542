package org.dl4jsnn.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.dl4jsnn.examples.support.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class HandwrittenDigitTest {

  @TempDir private Path folder;

  /** An upright bar, away from the middle. */
  private Path bar(Color ground, Color ink, int size) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(ground);
    graphics.fillRect(0, 0, size, size);
    graphics.setColor(ink);
    graphics.fillRect(size / 10, size / 5, size / 20, size / 2);
    graphics.dispose();
    Path file = folder.resolve("bar.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @ParameterizedTest
  @CsvSource({"255, 0, 100", "0, 255, 100", "220, 40, 640", "10, 200, 60"})
  void shouldLookLikeThoseOfMnist(int ground, int ink, int size) throws IOException {
    INDArray digit =
        HandwrittenDigit.read(
                bar(new Color(ground, ground, ground), new Color(ink, ink, ink), size))
            .reshape(28, 28);
    int rows = 0;
    double weighted = 0;
    double mass = 0;
    for (int y = 0; y < 28; y++) {
      double row = digit.getRow(y).sumNumber().doubleValue();
      rows += row > 0.5 ? 1 : 0;
      mass += row;
      weighted += row * (y + 0.5);
    }
    assertEquals(20, rows, 1);
    assertEquals(14, weighted / mass, 0.6);
    assertEquals(1, digit.maxNumber().doubleValue(), 0.05);
    assertEquals(0, digit.getDouble(0, 0));
    assertTrue(digit.getDouble(14, 13) + digit.getDouble(14, 14) > 0.9, "the bar in the middle");
  }

  @Test
  void shouldTakeTransparentPixelsForPaper() throws IOException {
    Path onPaper = bar(Color.WHITE, Color.BLACK, 100);
    BufferedImage opaque = ImageIO.read(onPaper.toFile());
    BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 100 * 100; i++) {
      boolean isInk = (opaque.getRGB(i % 100, i / 100) & 0xff) == 0;
      image.setRGB(i % 100, i / 100, isInk ? 0xff000000 : 0);
    }
    Path transparent = folder.resolve("transparent.png");
    ImageIO.write(image, "png", transparent.toFile());
    assertEquals(HandwrittenDigit.read(onPaper), HandwrittenDigit.read(transparent));
  }

  @Test
  void shouldRefuseWhatShowsNothing() throws IOException {
    Path flat = bar(Color.GRAY, Color.GRAY, 50);
    assertTrue(
        assertThrows(UserError.class, () -> HandwrittenDigit.read(flat))
            .getMessage()
            .endsWith("must show a digit, got an image of a single colour"));
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    assertTrue(
        assertThrows(UserError.class, () -> HandwrittenDigit.read(text))
            .getMessage()
            .contains("must be an image, PNG, JPEG, GIF or BMP"));
    assertThrows(UserError.class, () -> HandwrittenDigit.read(folder.resolve("none.png")));
  }
}
