package org.dl4jsnn.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.dl4jsnn.Networks;
import org.junit.jupiter.api.Test;

/** What {@code summary()} calls layers and vertices. */
class SummaryTest {

  private static final Pattern NAMED =
      Pattern.compile("(?m)^(\\S+) \\((?!LayerType|VertexType)([\\w ]+)\\)");

  private static Map<String, String> kinds(String summary) {
    Map<String, String> kinds = new LinkedHashMap<>();
    Matcher line = NAMED.matcher(summary);
    while (line.find()) {
      kinds.put(line.group(1), line.group(2));
    }
    return kinds;
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        Networks.seeded(1),
        InputType.convolutional(8, 8, 1),
        SpikeEncoding.poisson(2).build(),
        new SpikingConvolution2D.Builder(3, 3).name("2d").nOut(4).build(),
        new SpikingDepthwiseConvolution2D.Builder(3, 3).name("each").build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name("mean").build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 1, 1).name("max").build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 1, 1).name("gated").gated(true).build(),
        new SpikingDense.Builder().name("dense").nOut(6).build(),
        new SpikingRecurrent.Builder().name("recurrent").nOut(5).build(),
        Networks.readOut(2));
  }

  @Test
  void shouldNameLayersByTheirKind() {
    MultiLayerNetwork network = network();
    Map<String, String> expected =
        Map.of(
            "layer0", "SpikeEncodingLayer",
            "2d", "SpikingConvolution2DLayer",
            "each", "SpikingDepthwiseConvolution2DLayer",
            "mean", "SpikingAveragePoolingLayer",
            "max", "SpikingPoolingLayer",
            "gated", "GatedPoolingLayer",
            "dense", "SpikingDenseLayer",
            "recurrent", "SpikingRecurrentLayer",
            "layer8", "OutputLayer");
    assertEquals(expected, kinds(network.summary()));
    assertEquals(expected, kinds(network.summary(InputType.convolutional(8, 8, 1))));
  }

  @Test
  void shouldNameLayersAndVerticesOfAGraph() {
    ComputationGraph graph =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("row")
                .setInputTypes(InputType.convolutional(1, 8, 3))
                .addLayer("code", SpikeEncoding.direct(2).build(), "row")
                .addLayer("one", new SpikingConvolution1D.Builder(3).nOut(2).build(), "code")
                .addLayer("other", new SpikingConvolution1D.Builder(3).nOut(2).build(), "code")
                .addVertex("sum", new SpikingAdd(), "one", "other")
                .addVertex("both", new SpikingConcatenate(), "sum", "other")
                .addLayer("membrane", new LeakyReadOut.Builder().nOut(3).build(), "both")
                .addLayer("answer", Networks.readOut(2), "membrane")
                .setOutputs("answer")
                .build());
    assertEquals(
        Map.of(
            "row", "InputVertex",
            "code", "SpikeEncodingLayer",
            "one", "SpikingConvolution1DLayer",
            "other", "SpikingConvolution1DLayer",
            "sum", "SpikingAddVertex",
            "both", "SpikingConcatenateVertex",
            "membrane", "LeakyReadOutLayer",
            "answer", "OutputLayer"),
        kinds(graph.summary()));
  }

  @Test
  void shouldNameAFrozenLayerByItsKindToo() {
    MultiLayerNetwork frozen =
        new TransferLearning.Builder(network()).setFeatureExtractor(6).build();
    assertTrue(frozen.summary().contains("Frozen SpikingDenseLayer"), frozen.summary());
  }

  @Test
  void shouldNameTheLayersOfACloneAlike() {
    assertEquals(kinds(network().summary()), kinds(network().clone().summary()));
  }
}
