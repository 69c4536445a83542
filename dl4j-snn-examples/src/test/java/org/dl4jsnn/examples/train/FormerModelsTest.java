package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training of three epochs with {@code --schedule cosine}, stopped in its second epoch, and the
 * same training at its end, as saved when {@code CosineSchedule} was a class of the examples.
 */
class FormerModelsTest {

  private static final double TOLERANCE = 1e-5;
  private static final String FORMER = "org.dl4jsnn.examples.CosineSchedule";
  private static final String TODAY = "org.dl4jsnn.train.CosineSchedule";

  @TempDir private Path folder;
  private Path stopped;

  @BeforeEach
  void copy() throws IOException {
    MnistFolder.write(folder, 64, 20);
    stopped = copied("cosine.zip");
    assertTrue(configuration(stopped).contains(FORMER));
  }

  private Path copied(String name) throws IOException {
    try (InputStream in = FormerModelsTest.class.getResourceAsStream("/earlier/" + name)) {
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }

  private static String configuration(Path model) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(model)) {
      return Files.readString(zip.getPath("configuration.json"));
    }
  }

  @Test
  void shouldBeResumedByTheCommandAndEndAsTheyDid() throws IOException {
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
            "--resume=" + stopped,
            "--model=" + model);
    assertEquals(0, exit, run.errors());
    run.assertPrinted("after epoch 1 of 3 and 3 minibatches of the next");
    MultiLayerNetwork network = ModelFile.load(model);
    assertEquals(12, network.getIterationCount());
    assertArrayEquals(
        ModelFile.load(copied("cosine-finished.zip")).params().toDoubleVector(),
        network.params().toDoubleVector(),
        TOLERANCE);
    assertTrue(configuration(model).contains(TODAY));
    assertFalse(configuration(model).contains(FORMER));
  }

  @Test
  void shouldBeLoadedByNameOfToday() throws IOException {
    String json = configuration(stopped);
    assertEquals(
        json.replace(FORMER, TODAY), SafeModels.defaults().multiLayerFromJson(json).toJson());
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(stopped);
    assertEquals(7, network.getIterationCount());
  }

  @Test
  void shouldBeLoadedByDeeplearning4jBesideTheExamples() throws IOException {
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(stopped.toFile(), true);
    MultiLayerNetwork safe = ModelFile.load(stopped);
    assertSameBits(safe.params(), network.params());
    for (int iteration : List.of(0, 3, 7, 11)) {
      assertEquals(rate(safe, iteration), rate(network, iteration));
    }
    String json = configuration(stopped);
    assertEquals(json, MultiLayerConfiguration.fromJson(json).toJson());
  }

  private static double rate(MultiLayerNetwork network, int iteration) {
    network.setIterationCount(iteration);
    return network.getLearningRate(1);
  }
}
