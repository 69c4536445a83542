package org.dl4jsnn.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Writing the second layer's threshold fails: its place until it is complete is taken. */
  @Test
  void shouldKeepTheOldExportIfTheNewOneCannotBeWritten() throws IOException {
    Path chip = folder.resolve("chip");
    IntegerQuantization.toBits(8).quantize(graph("a", "b")).writeArrays(chip);
    Map<String, byte[]> before = contents(chip);
    assertTrue(before.size() > 10, before.keySet().toString());
    Path taken = chip.resolve("b.threshold.npy." + ProcessHandle.current().pid() + ".new");
    Files.createDirectory(taken);
    IntegerNetwork<ComputationGraph> other =
        IntegerQuantization.toBits(4).quantize(graph("a", "b"));
    assertThrows(IOException.class, () -> other.writeArrays(chip));
    Files.delete(taken);
    assertSame(before, contents(chip));
    other.writeArrays(chip);
    Map<String, byte[]> after = contents(chip);
    assertEquals(before.keySet(), after.keySet());
    assertFalse(Arrays.equals(before.get("a.weight.npy"), after.get("a.weight.npy")));
    assertFalse(Arrays.equals(before.get("network.json"), after.get("network.json")));
  }

  @Test
  void shouldChangeNothingIfAFolderHasTheNameOfAnArray() throws IOException {
    Path chip = folder.resolve("chip");
    IntegerQuantization.toBits(8).quantize(graph("a")).writeArrays(chip);
    Map<String, byte[]> before = contents(chip);
    Files.createDirectories(chip.resolve("b.weight.npy"));
    IntegerNetwork<ComputationGraph> larger =
        IntegerQuantization.toBits(4).quantize(graph("a", "b"));
    IOException refusal = assertThrows(IOException.class, () -> larger.writeArrays(chip));
    assertTrue(
        refusal.getMessage().endsWith("b.weight.npy: it is a folder, but a file is needed"),
        refusal.getMessage());
    Files.delete(chip.resolve("b.weight.npy"));
    assertSame(before, contents(chip));
  }

  private static Map<String, byte[]> contents(Path chip) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(chip)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
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
