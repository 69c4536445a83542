package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelExampleTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();
  private Path model;

  @BeforeEach
  void writeAFewDigits() throws IOException {
    MnistFolder.write(folder, 320, 50);
    model = folder.resolve("model.zip");
    run.setDefaults("--data=%s --model=%s --epochs=2 --steps=5", folder, model);
  }

  @Test
  void shouldTrainWithWorkersAndCountTheEpochs() {
    run.assertDone("parallel --workers 2 --train 80 --batch 16");
    run.assertPrinted("2 workers, each with minibatches of 8 images; averaged after every 1");
    run.assertPrinted("Median of the epochs after the first: ");
    run.assertPrinted("Test accuracy: ");
    MultiLayerNetwork network = ModelFile.load(model);
    assertEquals(2, network.getEpochCount());
    assertEquals(10, network.getIterationCount(), "five updates per epoch");
    double slope = network.getParam("1_slope").getDouble(0);
    assertTrue(slope > 0 && slope < 1, "slope " + slope);
  }

  @Test
  void shouldTrainAloneForComparison() {
    run.assertDone("parallel --workers 1 --train 128");
    run.assertPrinted("128 training and 50 test images");
    run.assertPrinted("One trainer, minibatches of 64 images");
    MultiLayerNetwork network = ModelFile.load(model);
    assertEquals(2, network.getEpochCount());
    assertEquals(4, network.getIterationCount());
  }

  @Test
  void shouldPrintTheResultAsOneObject() throws IOException {
    run.assertDone("parallel --workers 1 --train 64 --json");
    Map<?, ?> figures = run.json();
    assertEquals(
        List.of("workers", "epochs", "images_per_second", "test_accuracy", "model"),
        List.copyOf(figures.keySet()));
    assertEquals(model.toAbsolutePath().toString(), figures.get("model"));
  }
}
