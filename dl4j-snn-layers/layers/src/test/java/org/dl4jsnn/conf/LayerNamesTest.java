package org.dl4jsnn.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class LayerNamesTest {

  private static List<String> warnings(String... names) {
    try (LogOf log = new LogOf(RatesType.class)) {
      Networks.of(
              Networks.seeded(1),
              InputType.convolutional(6, 6, 1),
              SpikeEncoding.direct(4).build(),
              new SpikingConvolution2D.Builder(3, 3).nOut(2).name(names[0]).build(),
              new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name(names[1]).build(),
              new SpikingDense.Builder().nOut(3).name(names[2]).build())
          .output(Nd4j.rand(2, 1, 6, 6));
      return log.messages(Level.WARN);
    }
  }

  @Test
  void shouldWarnOnceOfTwoLayersWithOneName() {
    List<String> warnings = warnings("twin", "pool", "twin");
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings
            .get(0)
            .startsWith("names of layers should differ, got 'twin' for layer 3 (SpikingDense)"),
        warnings.get(0));
  }

  @Test
  void shouldNotWarnOfDifferentNames() {
    assertEquals(List.of(), warnings("one", "two", "three"));
    assertEquals(List.of(), warnings(null, null, null));
  }
}
