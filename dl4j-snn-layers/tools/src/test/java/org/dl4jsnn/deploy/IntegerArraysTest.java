package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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
    assertMessage(
        "names of integer layers must differ in more than upper and lower case, got lif and LIF,"
            + " whose files would replace each other on Windows and macOS",
        () -> network.writeArrays(chip));
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
        Networks.graph(new NeuralNetConfiguration.Builder(), InputType.recurrent(3, 5))
            .addLayer("spikes", SpikeEncoding.frames().build(), "in");
    String last = "spikes";
    for (String name : names) {
      layers.addLayer(name, new SpikingDense.Builder().nOut(4).build(), last);
      last = name;
    }
    return Networks.of(layers.setOutputs(last));
  }

  private static final int STEPS = 15;

  private JsonNode written(IntegerNetwork<?> chip) throws IOException {
    chip.writeArrays(folder);
    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("network.json")));
    assertEquals("dl4j-snn integer network", json.get("format").asText());
    assertEquals(1, json.get("version").asInt());
    assertEquals(4096, json.get("noLeak").asInt());
    return json.get("layers");
  }

  private static MultiLayerNetwork network() {
    Layer[] layers = {
      SpikeEncoding.frames().build(),
      new SpikingConvolution2D.Builder(3, 3)
          .padding(1, 1)
          .nOut(4)
          .hasBias(true)
          .threshold(0.6)
          .leak(0.9)
          .reset(Reset.bySubtraction())
          .build(),
      new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.5).build(),
      new SpikingDense.Builder().nOut(9).threshold(0.4).reset(Reset.to(-0.1)).build(),
      new SpikingRecurrent.Builder().nOut(7).threshold(0.4).initialMembrane(0.2).build(),
      new SpikingRecurrent.Builder().nOut(6).oneToOne(true).threshold(0.3).leak(0.8).build(),
      new SpikingDense.Builder()
          .nOut(8)
          .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.4, 0.9), 0.7))
          .build(),
      Networks.softmax(3)
    };
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(8),
            InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 6, 6, 2),
            layers);
    network.getLayer(1).getParam("b").assign(0.05);
    return network;
  }

  /** A chip in a few lines of Java, from the files. */
  @Test
  void shouldSayAllThatAChipNeeds() throws IOException {
    IntegerNetwork<MultiLayerNetwork> chip =
        IntegerQuantization.toBits(8).perLayer().quantize(network());
    INDArray features =
        Nd4j.rand(3L, new long[] {1, 2, STEPS, 6, 6}).gt(0.6).castTo(DataType.FLOAT);
    Map<String, SpikeTrain> expected = new LinkedHashMap<>();
    NetworkWalk.of(chip.network())
        .run(
            new INDArray[] {features},
            false,
            passage -> passage.train().ifPresent(t -> expected.put(passage.part().key(), t)));
    JsonNode layers = written(chip);
    assertEquals(8, layers.size());

    Map<String, ChipLayer> chips = new LinkedHashMap<>();
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (JsonNode layer : layers) {
      String key = layer.get("key").asText();
      if (layer.has("shape")) {
        shapes.put(key, new ObjectMapper().convertValue(layer.get("shape"), int[].class));
      } else if (layer.has("arrays")) {
        ChipLayer made =
            new ChipLayer(folder, layer, shapes.get(layer.get("inputs").get(0).asText()));
        chips.put(key, made);
        shapes.put(key, made.shape);
      }
    }
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), List.copyOf(chips.keySet()));
    int[] counts = new int[7];
    for (int step = 0; step < STEPS; step++) {
      Map<String, int[]> spikes = new LinkedHashMap<>();
      spikes.put("0", spikes(expected.get("0"), step));
      for (Map.Entry<String, ChipLayer> layer : chips.entrySet()) {
        String key = layer.getKey();
        spikes.put(key, layer.getValue().step(spikes.get(layer.getValue().input)));
        assertArrayEquals(
            spikes(expected.get(key), step), spikes.get(key), "layer " + key + ", step " + step);
        counts[Integer.parseInt(key)] += Arrays.stream(spikes.get(key)).sum();
      }
    }
    assertTrue(Arrays.stream(counts).skip(1).allMatch(c -> c > 3), Arrays.toString(counts));
  }

  private static int[] spikes(SpikeTrain train, int step) {
    int[] spikes = new int[train.shape().neurons()];
    SpikeEvents events = new SpikeEvents(train.shape());
    train.read(0, step, events);
    for (int e = 0; e < events.size(); e++) {
      spikes[train.shape().arrayIndex(events.neuron(e))] = 1;
    }
    return spikes;
  }

  /** Neurons in whole numbers, in the order of arrays. */
  private static final class ChipLayer {

    private final String input;
    private final int[] from;
    private final int[] shape;
    private final boolean isWindow;
    private final int[] stride = new int[2];
    private final int[] padding = new int[2];
    private final int[] kernel = new int[2];
    private final boolean subtracts;
    private final int[] weights;
    private final int[] recurrent;
    private final int[] bias;
    private final int[] thresholds;
    private final int[] leaks;
    private final int[] resets;
    private final int[] synaptic;
    private final int[] u;
    private final int[] current;
    private int[] before;

    ChipLayer(Path folder, JsonNode layer, int[] from) throws IOException {
      this.input = layer.get("inputs").get(0).asText();
      this.from = from;
      this.subtracts = layer.get("reset").asText().equals("subtract");
      JsonNode arrays = layer.get("arrays");
      this.weights = array(folder, arrays, "weight");
      this.recurrent = array(folder, arrays, "recurrent");
      this.bias = array(folder, arrays, "bias");
      this.thresholds = array(folder, arrays, "threshold");
      this.leaks = array(folder, arrays, "leak");
      this.resets = array(folder, arrays, "reset");
      this.synaptic = array(folder, arrays, "synaptic");
      int channels = thresholds.length;
      this.isWindow = layer.has("window");
      int positions = 1;
      if (isWindow) {
        JsonNode window = layer.get("window");
        int[] sizes = new int[2];
        for (int axis = 0; axis < 2; axis++) {
          kernel[axis] = window.get("kernel").get(axis).asInt();
          stride[axis] = window.get("stride").get(axis).asInt();
          padding[axis] = window.get("padding").get(axis).asInt();
          assertEquals(1, window.get("dilation").get(axis).asInt());
          sizes[axis] = (from[1 + axis] + 2 * padding[axis] - kernel[axis]) / stride[axis] + 1;
        }
        this.shape = new int[] {channels, sizes[0], sizes[1]};
        positions = sizes[0] * sizes[1];
      } else {
        this.shape = new int[] {channels};
      }
      int[] initial = array(folder, arrays, "initial");
      this.u = new int[channels * positions];
      for (int j = 0; j < u.length; j++) {
        u[j] = initial[j / positions];
      }
      this.before = new int[u.length];
      this.current = new int[u.length];
      assertEquals(false, layer.get("floor").asBoolean());
      assertEquals(1, layer.get("units").size(), "one unit of the layer");
    }

    private static int[] array(Path folder, JsonNode arrays, String name) {
      return arrays.has(name)
          ? Nd4j.createFromNpyFile(folder.resolve(arrays.get(name).asText()).toFile())
              .castTo(DataType.INT32)
              .data()
              .asInt()
          : new int[0];
    }

    int[] step(int[] spikes) {
      int[] fired = new int[u.length];
      int positions = u.length / thresholds.length;
      for (int j = 0; j < u.length; j++) {
        int c = j / positions;
        current[j] += (bias.length == 0 ? 0 : bias[c]) + charge(spikes, j) + recurrentCharge(j);
        u[j] += current[j];
        current[j] = synaptic.length == 0 ? 0 : current[j] * synaptic[c] / 4096;
        fired[j] = u[j] > thresholds[c] ? 1 : 0;
        if (fired[j] == 1) {
          u[j] = subtracts ? u[j] - thresholds[c] : resets[c];
        }
        u[j] = u[j] * leaks[c] / 4096;
      }
      before = fired;
      return fired;
    }

    private int charge(int[] spikes, int j) {
      int sum = 0;
      if (!isWindow) {
        for (int i = 0; i < spikes.length; i++) {
          sum += spikes[i] * weights[i * u.length + j];
        }
        return sum;
      }
      int columns = shape[2];
      int c = j / (shape[1] * columns);
      int inputs = weights.length / shape[0] / kernel[0] / kernel[1];
      for (int k = 0; k < inputs * kernel[0] * kernel[1]; k++) {
        int channel = inputs == from[0] ? k / (kernel[0] * kernel[1]) : c;
        int row = j / columns % shape[1] * stride[0] - padding[0] + k / kernel[1] % kernel[0];
        int column = j % columns * stride[1] - padding[1] + k % kernel[1];
        if (row >= 0 && row < from[1] && column >= 0 && column < from[2]) {
          sum +=
              spikes[(channel * from[1] + row) * from[2] + column]
                  * weights[c * inputs * kernel[0] * kernel[1] + k];
        }
      }
      return sum;
    }

    private int recurrentCharge(int j) {
      if (recurrent.length == u.length) {
        return before[j] * recurrent[j];
      }
      int sum = 0;
      for (int i = 0; i < u.length && recurrent.length > 0; i++) {
        sum += before[i] * recurrent[i * u.length + j];
      }
      return sum;
    }
  }

  /** In version 1, channels without leak are rounded where others leak. */
  @Test
  void shouldHaveAnotherVersionIfOnlySomeChannelsLeak() throws IOException {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder(),
            InputType.recurrent(3, STEPS),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder()
                .nOut(2)
                .leak(0.9)
                .learnPerChannel(NeuronParameter.LEAK)
                .build());
    assertEquals(1, version(network));
    network.getLayer(1).getParam("freeLeak").putScalar(1, 100);
    assertEquals(2, version(network));
  }

  private int version(MultiLayerNetwork network) throws IOException {
    IntegerQuantization.toBits(8).quantize(network).writeArrays(folder);
    return new ObjectMapper()
        .readTree(folder.resolve("network.json").toFile())
        .get("version")
        .asInt();
  }

  @Test
  void shouldNameTheInputsOfAGraphWithSeveral() throws IOException {
    ComputationGraph graph =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(InputType.recurrent(3, STEPS), InputType.recurrent(3, STEPS))
                .addLayer("a", SpikeEncoding.frames().build(), "left")
                .addLayer("b", SpikeEncoding.frames().build(), "right")
                .addVertex("both", new SpikingAdd(), "a", "b")
                .addLayer("c", new SpikingDense.Builder().nOut(2).build(), "both")
                .setOutputs("c"));
    Map<String, String> inputs = new LinkedHashMap<>();
    written(IntegerQuantization.toBits(8).quantize(graph))
        .forEach(layer -> inputs.put(layer.get("key").asText(), layer.get("inputs").toString()));
    assertEquals("[\"left\"]", inputs.get("a"));
    assertEquals("[\"right\"]", inputs.get("b"));
    assertEquals("[\"a\",\"b\"]", inputs.get("both"));
  }

  @Test
  void shouldSayWhatVerticesOfAGraphRead() throws IOException {
    ComputationGraph graph =
        Networks.of(
            Networks.graph(new NeuralNetConfiguration.Builder(), InputType.recurrent(3, STEPS))
                .addLayer("spikes", SpikeEncoding.frames().build(), "in")
                .addLayer("a", new SpikingDense.Builder().nOut(4).build(), "spikes")
                .addLayer("late", new SpikingDelay.Builder().steps(2).build(), "a")
                .addVertex("both", new SpikingAdd(), "a", "late")
                .addLayer("b", new SpikingDense.Builder().nOut(2).build(), "both")
                .setOutputs("b"));
    JsonNode layers = written(IntegerQuantization.toBits(8).quantize(graph));
    Map<String, JsonNode> byKey = new LinkedHashMap<>();
    layers.forEach(layer -> byKey.put(layer.get("key").asText(), layer));
    assertEquals(List.of("spikes", "a", "late", "both", "b"), List.copyOf(byKey.keySet()));
    assertEquals("[\"features\"]", byKey.get("spikes").get("inputs").toString());
    assertEquals("[\"a\",\"late\"]", byKey.get("both").get("inputs").toString());
    assertEquals("[2]", byKey.get("late").get("steps").toString());
    assertEquals("SpikingAdd", byKey.get("both").get("kind").asText());
    assertEquals("b.weight.npy", byKey.get("b").get("arrays").get("weight").asText());
    assertEquals(2, byKey.get("b").get("units").size());
  }
}
