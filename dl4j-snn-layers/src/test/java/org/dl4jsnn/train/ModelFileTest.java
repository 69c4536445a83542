package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

  @TempDir private Path folder;

  @Test
  void shouldRefuseOtherModelsBeforeItCreatesAFolder() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
    network.init();
    Path target = folder.resolve("models");
    String text =
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelFile.save(network.getLayer(0), target.resolve("layer.zip")))
            .getMessage();
    assertTrue(text.startsWith("network must be a MultiLayerNetwork or a Computation"), text);
    assertFalse(Files.exists(target));
  }
}
