package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.zoo.NetworkNotation;
import org.junit.jupiter.api.Test;

class ConventionalNetworkTest {

  @Test
  void shouldHaveTheLayersOfItsNotation() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ConventionalNetwork.of(
                new NeuralNetConfiguration.Builder(),
                NetworkNotation.parse("8C3-AP2-16C5-MP3-20"),
                InputType.convolutional(13, 13, 10),
                7,
                1));
    network.init();
    assertArrayEquals(new long[] {8, 10, 3, 3}, network.getParam("0_W").shape());
    assertArrayEquals(new long[] {16, 8, 5, 5}, network.getParam("4_W").shape());
    // 13 pixels, 6 after the first pooling, 2 after the second.
    assertArrayEquals(new long[] {16 * 2 * 2, 20}, network.getParam("8_W").shape());
    assertArrayEquals(new long[] {20, 7}, network.getParam("11_W").shape());
    assertEquals(
        List.of(
            "conv1",
            "conv1-normalization",
            "conv1-relu",
            "pool1",
            "conv2",
            "conv2-normalization",
            "conv2-relu",
            "pool2",
            "dense",
            "dense-normalization",
            "dense-relu",
            "readout"),
        network.getLayerNames());
  }
}
