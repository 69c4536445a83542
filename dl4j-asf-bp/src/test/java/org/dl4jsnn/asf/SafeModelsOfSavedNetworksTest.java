package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of both libraries are on the list of those that an untrusted model may name. */
class SafeModelsOfSavedNetworksTest {

  private static List<Path> models() throws IOException {
    return SavedModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldLoadWhatEveryVersionSaved(Path model) throws IOException {
    Model expected = SavedModels.restored(model);
    SafeModels safe = SafeModels.defaults();
    Model network =
        SavedModels.isGraph(model) ? safe.computationGraph(model) : safe.multiLayerNetwork(model);
    assertSameBits(expected.params(), network.params());
    assertEquals(
        ((NeuralNetwork) expected).updaterState(), ((NeuralNetwork) network).updaterState());
    assertEquals(SavedModels.configuration(expected), SavedModels.configuration(network));
  }
}
