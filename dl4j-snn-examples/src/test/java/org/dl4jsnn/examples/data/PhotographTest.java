package org.dl4jsnn.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PhotographTest {

  @TempDir private Path folder;

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
