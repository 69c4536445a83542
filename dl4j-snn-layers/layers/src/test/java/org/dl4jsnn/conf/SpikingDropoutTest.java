package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.conf.PassingLayersTest.configuration;
import static org.dl4jsnn.conf.PassingLayersTest.network;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpikingDropoutTest {

  static SpikingDropout dropout(double retain) {
    return new SpikingDropout.Builder().name("dropout").retain(retain).build();
  }

  @Test
  void shouldDistinguishProbabilities() {
    assertEquals(dropout(0.5), dropout(0.5));
    assertEquals(dropout(0.5).hashCode(), dropout(0.5).hashCode());
    assertNotEquals(dropout(0.5), dropout(0.75));
    assertNotEquals(dropout(0.5), new SpikingDropout.Builder().retain(0.5).build());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.5, Double.NaN})
  void shouldRefuseInvalidProbabilities(double retain) {
    assertRefused(
        () -> dropout(retain),
        "retain must be above 0 and at most 1, got "
            + retain
            + ". Possible cause: it is the"
            + " probability of keeping a neuron, not of dropping it");
  }

  @Test
  void shouldRefuseAMissingProbability() {
    assertRefused(() -> new SpikingDropout.Builder().build(), "retain must be given, got null");
  }

  @Test
  void shouldRefuseAStockLayerBefore() {
    assertRefused(
        () ->
            network(
                new SpikingDense.Builder().nOut(30).build(),
                new DropoutLayer.Builder(0.5).build(),
                dropout(0.5)),
        "layer 'dropout' (SpikingDropout) needs a spike train with its input");
  }

  @Test
  void shouldRefuseStockDropout() {
    for (Layer layer :
        List.of(
            new SpikingDense.Builder().name("x").nOut(2).dropOut(0.5).build(),
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("x").dropOut(0.5).build())) {
      assertRefused(
          () -> network(layer),
          "layer 'x' (" + layer.getClass().getSimpleName() + "): dropOut must be unset",
          "got Dropout(",
          "Put a SpikingDropout layer before it");
    }
    assertRefused(
        () -> network(new SpikingDropout.Builder().name("x").retain(0.5).dropOut(0.5).build()),
        "layer 'x' (SpikingDropout): dropOut must be unset",
        "Set retain");
    assertRefused(
        () -> {
          MultiLayerConfiguration configuration = configuration(dropout(0.5));
          configuration.getConf(0).getLayer().setIDropout(new Dropout(0.5));
          new MultiLayerNetwork(configuration).init();
        },
        "(SpikeEncoding): dropOut must be unset",
        "Put a SpikingDropout layer after it");
  }

  @Test
  void shouldRefuseWeightNoise() {
    assertRefused(
        () ->
            network(
                new SpikingDense.Builder()
                    .name("x")
                    .nOut(2)
                    .weightNoise(new DropConnect(0.5))
                    .build()),
        "layer 'x' (SpikingDense): weightNoise must be unset",
        "Set it on the stock layers instead");
  }
}
