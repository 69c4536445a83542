package org.dl4jsnn.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class ModelFileTest {

  @TempDir private Path folder;

  @Test
  void shouldRefuseOtherModelsBeforeItCreatesAFolder() {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
    Path target = folder.resolve("models");
    String text =
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelFile.save(network.getLayer(0), target.resolve("layer.zip")))
            .getMessage();
    assertTrue(text.startsWith("network must be a MultiLayerNetwork or a Computation"), text);
    assertFalse(Files.exists(target));
  }

  @Test
  void shouldWriteTrainingsThatDeeplearning4jReads() throws IOException {
    MultiLayerNetwork network = SmallTraining.network(500);
    network.setParams(Nd4j.rand(network.params().shape()));
    Path ofTraining = folder.resolve("training.zip");
    ModelFile.write(network, ofTraining, writer -> {});
    Path saved = folder.resolve("saved.zip");
    ModelFile.save(network, saved);
    for (Path file : List.of(ofTraining, saved)) {
      MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
      assertSameBits(network.params(), read.params());
      assertSameBits(
          network.getUpdater().getStateViewArray(), read.getUpdater().getStateViewArray());
    }
    assertTrue(compressed(ofTraining) <= compressed(saved), "size of the weights");
  }

  private static long compressed(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(ModelSerializer.COEFFICIENTS_BIN).getCompressedSize();
    }
  }

  @Test
  void shouldSayWhatIsNoModel() throws IOException {
    Path none = folder.resolve("none.zip");
    assertRefused("Cannot find a model at " + none + ": there is no such file", none);
    assertRefused(
        "Cannot find a model at " + folder + ": it is a folder, but a file is needed", folder);
    Path compact = folder.resolve("model.snn");
    Files.write(compact, new byte[] {(byte) 0x89, 'S', 'N', 'N', '\r', '\n', 26, '\n', 0, 0});
    assertRefused(
        "Cannot load a model from "
            + compact
            + ": it must be a network's zip archive, got a compact model, which SpikingModel.load"
            + " reads. Possible cause: the network's own file is meant",
        compact);
  }

  private static void assertRefused(String message, Path file) {
    assertEquals(
        message, assertThrows(TrainingException.class, () -> ModelFile.load(file)).getMessage());
  }
}
