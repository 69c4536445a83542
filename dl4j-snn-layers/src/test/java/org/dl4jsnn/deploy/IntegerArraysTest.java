package org.dl4jsnn.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class IntegerArraysTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "../evil, ..%2Fevil",
    "block/lif, block%2Flif",
    "'a\\b: *?', a%5Cb%3A+%2A%3F",
    "lif_1.2-x, lif_1.2-x"
  })
  void shouldWriteInsideTheFolderWhateverAVertexIsCalled(String name, String escaped)
      throws IOException {
    Path chip = folder.resolve("chip");
    IntegerQuantization.toBits(8).quantize(graph(name)).writeArrays(chip);
    try (Stream<Path> outside = Files.list(folder)) {
      assertEquals(List.of(chip), outside.toList());
    }
    JsonNode layers =
        new ObjectMapper().readTree(chip.resolve("network.json").toFile()).get("layers");
    assertEquals(name, layers.get(1).get("key").asText());
    JsonNode arrays = layers.get(1).get("arrays");
    assertEquals(escaped + ".weight.npy", arrays.get("weight").asText());
    arrays.forEach(
        file -> assertTrue(Files.isRegularFile(chip.resolve(file.asText())), file.asText()));
  }

  @Test
  void shouldRefuseNamesThatSomeFileSystemsTakeForTheSame() {
    Path chip = folder.resolve("chip");
    IntegerNetwork<ComputationGraph> network =
        IntegerQuantization.toBits(8).quantize(graph("lif", "LIF"));
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> network.writeArrays(chip));
    assertEquals(
        "names of integer layers must differ in more than upper and lower case, got lif and LIF,"
            + " whose files would replace each other on Windows and macOS",
        refusal.getMessage());
    assertFalse(Files.exists(chip));
  }

  private static ComputationGraph graph(String... names) {
    GraphBuilder layers =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(3, 5))
            .addLayer("spikes", SpikeEncoding.frames().build(), "in");
    String last = "spikes";
    for (String name : names) {
      layers.addLayer(name, new SpikingDense.Builder().nOut(4).build(), last);
      last = name;
    }
    ComputationGraph graph = new ComputationGraph(layers.setOutputs(last).build());
    graph.init();
    return graph;
  }
}
