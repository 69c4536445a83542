package org.dl4jsnn.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;

/** What Deeplearning4j's training pages show as activation function. */
class FiringActivationTest {

  @Test
  void shouldDescribeTheNeuronsThatFire() {
    SpikingDense layer = new SpikingDense.Builder().nOut(3).threshold(0.5).leak(0.9).build();
    assertEquals(
        "firing rate (threshold 0.5, leak 0.9, reset to 0.0)", layer.getActivationFn().toString());
    layer.setNeuron(SpikingNeuron.integrateAndFire(2));
    assertEquals(
        "firing rate (threshold 2.0, leak 1.0, reset to 0.0)", layer.getActivationFn().toString());
  }

  @Test
  void shouldDescribeNoNeuronsIfThereAreNone() {
    SpikingPooling2D layer = new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build();
    assertEquals("identity", layer.getActivationFn().toString());
  }

  @Test
  void shouldNotBeSaved() {
    MultiLayerConfiguration configuration = configuration(0.5);
    String json = configuration.toJson();
    assertFalse(json.contains("FiringActivation"), json);
    assertEquals(configuration, MultiLayerConfiguration.fromJson(json));
    assertNotEquals(configuration, configuration(0.6));
  }

  @Test
  void shouldReadConfigurationsThatNameTheIdentity() {
    MultiLayerConfiguration configuration = configuration(0.5);
    String layer = "\"@class\" : \"" + SpikingDense.class.getName() + "\",";
    String json = configuration.toJson();
    assertTrue(json.contains(layer), json);
    String older =
        json.replace(
            layer,
            layer
                + "\"activationFn\" : {\"@class\" :"
                + " \"org.nd4j.linalg.activations.impl.ActivationIdentity\"},");
    assertEquals(configuration, MultiLayerConfiguration.fromJson(older));
    new MultiLayerNetwork(MultiLayerConfiguration.fromJson(older)).init();
  }

  private static MultiLayerConfiguration configuration(double threshold) {
    return Networks.list(
            Networks.seeded(1),
            InputType.convolutional(4, 4, 1),
            SpikeEncoding.direct(4).build(),
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
            new SpikingDense.Builder().nOut(3).threshold(threshold).build(),
            Networks.readOut(2))
        .build();
  }
}
