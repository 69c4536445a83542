package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.Test;

class CosineScheduleTest {

  private static String json() {
    MultiLayerNetwork network = SmallTraining.network();
    network.setLearningRate(new CosineSchedule(0.5, 3, 20));
    return network.getLayerWiseConfigurations().toJson();
  }

  @Test
  void shouldBeReadBackFromAConfiguration() throws ModelRefusedException {
    String json = json();
    assertEquals(json, MultiLayerConfiguration.fromJson(json).toJson());
    assertEquals(json, SafeModels.defaults().multiLayerFromJson(json).toJson());
  }

  @Test
  void shouldRefuseOtherClassesOfItsPackages() {
    for (String other :
        new String[] {"org.dl4jsnn.train.ModelFile", "org.dl4jsnn.examples.Other"}) {
      String json = json().replace("org.dl4jsnn.train.CosineSchedule", other);
      String message =
          assertThrows(
                  ModelRefusedException.class, () -> SafeModels.defaults().multiLayerFromJson(json))
              .getMessage();
      assertTrue(message.contains("classes must be allowed, got " + other), message);
    }
  }

  @Test
  void shouldRefuseImpossibleSettings() {
    assertRefused("rate must be positive and finite, got 0.0", 0, 0, 1);
    assertRefused("warmUp must be a whole number of at least 0, got -1", 1, -1, 1);
    assertRefused("iterations must be a whole number of at least 1, got 0", 1, 0, 0);
  }

  private static void assertRefused(String message, double rate, int warmUp, int iterations) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> new CosineSchedule(rate, warmUp, iterations))
            .getMessage());
  }
}
