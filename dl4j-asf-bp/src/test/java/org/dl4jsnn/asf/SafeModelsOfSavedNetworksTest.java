package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of both libraries are on the list of those that a stranger's model may name. */
class SafeModelsOfSavedNetworksTest {

  private static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/saved"))) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldLoadWhatEveryVersionSaved(Path model) throws IOException {
    MultiLayerNetwork expected = ModelSerializer.restoreMultiLayerNetwork(model.toFile());
    MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(model);
    assertEquals(expected.params(), network.params());
    assertEquals(
        expected.getUpdater().getStateViewArray(), network.getUpdater().getStateViewArray());
    assertEquals(expected.getLayerWiseConfigurations(), network.getLayerWiseConfigurations());
  }
}
