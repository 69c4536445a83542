package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A saved training of three epochs with {@code --schedule cosine}, stopped in its second epoch, and
 * the same training at its end.
 */
class SavedTrainingsTest {

  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private Path copied(String name) throws IOException {
    try (InputStream in = SavedTrainingsTest.class.getResourceAsStream("/earlier/" + name)) {
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }

  @Test
  void shouldBeResumedByTheCommandAndEndAsTheyDid() throws IOException {
    MnistFolder.write(folder, 64, 20);
    Path model = folder.resolve("model.zip");
    CommandLineRun run = new CommandLineRun();
    int exit =
        run.execute(
            "mnist",
            "--data=" + folder,
            "--epochs=3",
            "--batch=16",
            "--learning-rate=5e-3",
            "--schedule=cosine",
            "--warm-up=4",
            "--resume=" + copied("cosine.zip"),
            "--model=" + model);
    assertEquals(0, exit, run.errors());
    run.assertPrinted("after epoch 1 of 3 and 3 minibatches of the next");
    MultiLayerNetwork network = ModelFile.load(model);
    assertEquals(12, network.getIterationCount());
    assertArrayEquals(
        ModelFile.load(copied("cosine-finished.zip")).params().toDoubleVector(),
        network.params().toDoubleVector(),
        TOLERANCE);
  }
}
