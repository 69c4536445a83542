package org.dl4jsnn.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images as a user has them, made like those of MNIST and CIFAR-10. */
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

  private Path file(int width, int height, int type) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width / 4, height);
    graphics.setColor(new Color(10, 20, 30));
    graphics.fillRect(width / 4, 0, width / 2, height / 2);
    graphics.setColor(new Color(200, 100, 50));
    graphics.fillRect(width / 4, height / 2, width / 2, height / 2);
    graphics.dispose();
    Path file = folder.resolve("image.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static double normalised(int value, double mean, double deviation) {
    return (value / 255.0 - mean) / deviation;
  }

  @Test
  void shouldTakeTheMiddleSquare() throws IOException {
    INDArray features = Photograph.read(file(600, 300, BufferedImage.TYPE_INT_RGB));
    assertArrayEquals(new long[] {1, 3, 32, 32}, features.shape());
    for (int column : new int[] {0, 31}) {
      assertEquals(normalised(10, 0.4914, 0.557), features.getDouble(0, 0, 3, column), 1e-6);
      assertEquals(normalised(30, 0.4465, 0.5534), features.getDouble(0, 2, 3, column), 1e-6);
      assertEquals(normalised(100, 0.4822, 0.549), features.getDouble(0, 1, 28, column), 1e-6);
    }
  }

  @Test
  void shouldPutTransparentImagesOnWhite() throws IOException {
    INDArray features = Photograph.read(file(32, 32, BufferedImage.TYPE_INT_ARGB));
    double white = normalised(255, 0.4822, 0.549);
    INDArray right = features.get(NDArrayIndex.point(0), NDArrayIndex.point(1));
    assertEquals(white, right.getDouble(5, 30), 1e-6);
    assertEquals(normalised(0, 0.4822, 0.549), right.getDouble(5, 2), 1e-6);
  }

  @Test
  void shouldRefuseWhatIsNoImage() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "no image");
    assertThrows(UserError.class, () -> Photograph.read(file));
  }
}
