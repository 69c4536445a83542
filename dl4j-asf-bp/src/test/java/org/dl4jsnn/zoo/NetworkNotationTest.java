package org.dl4jsnn.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.zoo.NetworkNotation.Block;
import org.dl4jsnn.zoo.NetworkNotation.Convolution;
import org.dl4jsnn.zoo.NetworkNotation.Dense;
import org.dl4jsnn.zoo.NetworkNotation.GlobalPooling;
import org.dl4jsnn.zoo.NetworkNotation.Pooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkNotationTest {

  @Test
  void shouldReadLayersAsPapersWriteThem() {
    assertEquals(
        List.of(
            new Convolution(20, 5),
            new Pooling(PoolingType.AVG, 2),
            new Convolution(50, 3),
            new Pooling(PoolingType.MAX, 3),
            new Dense(200),
            new Dense(30)),
        NetworkNotation.parse("20C5-AP2-50C3-MP3-200-30").stages());
  }

  @Test
  void shouldReadResidualBlocks() {
    NetworkNotation notation = NetworkNotation.parse("32C3-32B3-MP2-64B3/2-GAP-30");
    assertEquals(
        List.of(
            new Convolution(32, 3),
            new Block(32, 3, 1),
            new Pooling(PoolingType.MAX, 2),
            new Block(64, 3, 2),
            new GlobalPooling(),
            new Dense(30)),
        notation.stages());
    assertEquals(
        List.of("conv1", "block1", "pool1", "block2", "global", "dense"), notation.names());
    assertTrue(notation.hasBlocks());
  }

  @Test
  void shouldNameLayersByKind() {
    assertEquals(
        List.of("conv1", "pool1", "conv2", "pool2", "dense", "dense2"),
        NetworkNotation.parse("20C5-AP2-50C3-MP3-200-30").names());
  }

  @ParameterizedTest
  @CsvSource({
    "64C3--128, an empty part",
    "64c3, 64c3",
    "C3, C3",
    "0C3, 0",
    "64C3-AP0, 0",
    "12345, 12345",
    "100-64C3, 64C3 after a fully connected layer",
    "100-AP2, AP2 after a fully connected layer",
    "100-GAP, GAP after a fully connected layer",
    "8C3-GAP-AP2, AP2 after a global pooling",
    "8C3-8B3/0-GAP, 0",
    "8C3/2, 8C3/2",
    "8C3-8B4, 8B4 with an even kernel",
    "AP2-8B3, 8B3 before any convolution",
  })
  void shouldNameWhatItCannotRead(String text, String found) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> NetworkNotation.parse(text))
            .getMessage();
    assertTrue(message.endsWith("got " + found + " in " + text), message);
    assertTrue(message.contains("like 64C3-AP2-128C3-MP2-1024"), message);
  }
}
