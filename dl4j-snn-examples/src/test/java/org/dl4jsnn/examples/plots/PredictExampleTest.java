package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictExampleTest {

  /** Of the 2,000 test digits that travel with the examples; docs/pretrained.md says so. */
  private static final double ACCURACY = 0.9945;

  private static final int LARGEST_FILE = 1_000_000;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void knowsTheFirstTestDigit() throws IOException {
    Path picture = folder.resolve("answer.png");
    assertEquals(0, run.execute("predict", "--to=" + picture), run.errors());
    assertTrue(run.output().startsWith("test digit 1: class 7 ("), run.output());
    assertEquals(860, ImageIO.read(picture.toFile()).getWidth());
  }

  @Test
  void refusesPicturesThatAreNone() {
    assertEquals(1, run.execute("predict", "--picture=" + folder.resolve("none.png")));
    assertTrue(run.errors().contains("Cannot read"), run.errors());
  }

  @Test
  void hasTheAccuracyThatItsCardSays() throws IOException {
    MultiLayerNetwork network = SpikingNetworks.lenet5().pretrained();
    assertEquals(ACCURACY, network.evaluate(EmbeddedDigits.test(2000, 100)).accuracy(), 1e-9);
    try (InputStream file = SpikingNetworks.class.getResourceAsStream("lenet5-mnist.zip")) {
      assertTrue(file.readAllBytes().length < LARGEST_FILE);
    }
  }
}
