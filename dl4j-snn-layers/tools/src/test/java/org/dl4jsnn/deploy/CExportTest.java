package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.CCompiler;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class CExportTest {

  /** Each is compiled by a C compiler, in one program. */
  private static final int NETWORKS = Cases.all() ? 40 : 10;

  private static final int BATCHES = Cases.all() ? 25 : 1;
  private static final int SELF_TESTS = 4;

  @TempDir Path folder;

  /** A network, what it is given, and what it must answer. */
  private record Case(String network, String given, List<String> expected) {}

  @Test
  void shouldFireTheSpikesOfTheNetwork() throws Exception {
    CCompiler compiler = CCompiler.ofThisMachine();
    for (int batch = 0; batch < BATCHES; batch++) {
      check(compiler, batch);
    }
  }

  private void check(CCompiler compiler, int batch) throws Exception {
    Path sources = Files.createDirectories(folder.resolve("batch" + batch));
    List<Case> cases = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    StringBuilder models = new StringBuilder("#include \"snn.h\"\n");
    for (int k = 0; k < NETWORKS; k++) {
      String name = "net" + k;
      cases.add(write(batch * (long) NETWORKS + k, name, sources.resolve(name)));
      Files.move(sources.resolve(name).resolve(name + ".c"), sources.resolve(name + ".c"));
      Files.move(sources.resolve(name).resolve(name + ".h"), sources.resolve(name + ".h"));
      files.add(sources.resolve(name + ".c"));
      models.append("extern const snn_model %s_model;\n".formatted(name));
    }
    models.append("extern const snn_model *const models[];\nconst snn_model *const models[] = {\n");
    IntStream.range(0, NETWORKS).forEach(k -> models.append("  &net%d_model,\n".formatted(k)));
    files.add(Files.writeString(sources.resolve("models.c"), models + "};\n"));
    for (String file : List.of("snn.c", "snn.h")) {
      Files.copy(sources.resolve("net0").resolve(file), sources.resolve(file));
    }
    files.add(sources.resolve("snn.c"));
    try (InputStream harness = CExportTest.class.getResourceAsStream("harness.c")) {
      Files.write(sources.resolve("harness.c"), harness.readAllBytes());
    }
    files.add(sources.resolve("harness.c"));
    Path program = compiler.program(sources.resolve("all"), files);
    for (int k = 0; k < SELF_TESTS; k++) {
      List<Path> own =
          List.of(
              sources.resolve("net" + k).resolve("selftest.c"),
              sources.resolve("net" + k + ".c"),
              sources.resolve("snn.c"));
      Path selfTest = compiler.program(sources.resolve("test" + k), own);
      assertEquals(
          List.of("all agree"), CCompiler.run("", selfTest.toString()), cases.get(k).network());
    }
    StringBuilder input = new StringBuilder(NETWORKS + "\n");
    cases.forEach(each -> input.append(each.given()));
    List<String> lines = CCompiler.run(input.toString(), program.toString());
    int next = 0;
    for (Case each : cases) {
      for (String expected : each.expected()) {
        assertEquals(expected, masked(lines.get(next++), expected), each.network());
      }
    }
    assertEquals(lines.size(), next);
  }

  /** Leaves out what a line need not say. */
  private static String masked(String line, String expected) {
    String[] words = line.trim().split(" ");
    String[] wanted = expected.split(" ");
    assertEquals(wanted.length, words.length, line);
    for (int i = 0; i < words.length; i++) {
      words[i] = "*".equals(wanted[i]) ? "*" : words[i];
    }
    return String.join(" ", words);
  }

  private static Case write(long seed, String name, Path target) throws IOException {
    RandomIntegerNetworks random = new RandomIntegerNetworks(seed);
    IntegerNetwork<?> chip = random.network();
    try {
      CExport.named(name)
          .steps(RandomIntegerNetworks.STEPS)
          .spikesPerInput(random.mostInput())
          .features(new FeatureRange(8, -1, 2))
          .write(chip, target);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("network " + seed + ": " + e.getMessage(), e);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RuntimeExport.inSinglePrecision().write(chip.network(), file);
    SpikingModel model = SpikingModel.load(new ByteArrayInputStream(file.toByteArray()));
    StringBuilder given = new StringBuilder("2\n");
    List<String> expected = new ArrayList<>();
    for (int sample = 0; sample < 2; sample++) {
      INDArray features = random.features();
      float[] values = features.dup('c').data().asFloat();
      given.append(RandomIntegerNetworks.STEPS + (random.isDirect() ? " 1 " : " 0 "));
      given.append(inOrder(values, model, random.isDirect())).append('\n');
      expected.addAll(lines(model, model.run(values)));
    }
    return new Case(
        "network %d: %s, %s".formatted(seed, model, chip.layers()), given.toString(), expected);
  }

  /** Features in the order of the loops: step, row, column, channel. */
  private static String inOrder(float[] values, SpikingModel model, boolean isDirect) {
    int steps = isDirect ? 1 : RandomIntegerNetworks.STEPS;
    int channels = model.inputShape().channels();
    int positions = model.inputShape().positions();
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < steps; t++) {
      for (int position = 0; position < positions; position++) {
        for (int c = 0; c < channels; c++) {
          float value = values[(c * steps + t) * positions + position];
          text.append(Math.round(isDirect ? value * 256 : value)).append(' ');
        }
      }
    }
    return text.toString();
  }

  private static List<String> lines(SpikingModel model, Answer answer) {
    boolean isReadOut = !answer.layers().contains(model.layers().get(model.layers().size() - 1));
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>(model.layers());
    if (isReadOut) {
      names.remove(names.size() - 1);
    }
    for (int t = 0; t < RandomIntegerNetworks.STEPS; t++) {
      StringBuilder line = new StringBuilder("1");
      for (String name : names) {
        boolean isCompared = answer.layers().contains(name) && !isMean(answer.spikes(name));
        line.append(' ').append(isCompared ? Long.toString(sum(answer.spikes(name), t)) : "*");
      }
      lines.add(line.toString());
    }
    lines.add("* ".repeat(answer.outputs().length) + answer.decision());
    return lines;
  }

  /** Programs pass on sums in place of means, and scale the read-out. */
  private static boolean isMean(SpikeTrain train) {
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int t = 0; t < train.steps(); t++) {
      train.read(0, t, events);
      for (int e = 0; e < events.size(); e++) {
        if (events.amplitude(e) != Math.rint(events.amplitude(e))) {
          return true;
        }
      }
    }
    return false;
  }

  /** As in harness.c. */
  private static long sum(SpikeTrain train, int step) {
    SpikeEvents events = new SpikeEvents(train.shape());
    train.read(0, step, events);
    int[] counts = new int[train.shape().neurons()];
    for (int e = 0; e < events.size(); e++) {
      counts[events.neuron(e)] += Math.round(events.amplitude(e));
    }
    int sum = (int) 2166136261L;
    for (int n = 0; n < counts.length; n++) {
      if (counts[n] != 0) {
        sum = (sum ^ n) * 16777619;
        sum = (sum ^ counts[n]) * 16777619;
      }
    }
    return Integer.toUnsignedLong(sum);
  }

  private static IntegerNetwork<MultiLayerNetwork> small(Layer... end) {
    List<Layer> layers = new ArrayList<>();
    layers.add(SpikeEncoding.frames().build());
    layers.add(new SpikingDense.Builder().nOut(6).threshold(0.4).build());
    layers.addAll(List.of(end));
    return IntegerQuantization.toBits(8)
        .quantize(
            Networks.of(
                Networks.seeded(3), InputType.recurrent(5, 4), layers.toArray(new Layer[0])));
  }

  /** The files, and a self-test that passes; a changed weight is found. */
  @Test
  void shouldWriteATestThatFindsADamagedWeight() throws Exception {
    CCompiler compiler = CCompiler.ofThisMachine();
    String memory = CExport.named("small").steps(4).write(small(Networks.softmax(3)), folder);
    assertTrue(memory.startsWith("layer"), memory);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("README.md", "selftest.c", "small.c", "small.h", "snn.c", "snn.h"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    List<Path> sources = Stream.of("snn.c", "small.c", "selftest.c").map(folder::resolve).toList();
    Path program = compiler.program(folder.resolve("a"), sources);
    assertEquals(List.of("all agree"), CCompiler.run("", program.toString()));
    String code = Files.readString(folder.resolve("small.c"));
    int first = code.indexOf("{\n", code.indexOf("weights1[")) + 1;
    int end = code.indexOf(',', first);
    Files.writeString(
        folder.resolve("small.c"), code.substring(0, first) + "  -99" + code.substring(end));
    Path damaged = compiler.program(folder.resolve("b"), sources);
    Process process = new ProcessBuilder(damaged.toString()).start();
    assertEquals(1, process.waitFor());
  }

  /** Their place holds a bit per neuron, like one of spikes. */
  @Test
  void shouldPassOnCurrentsOfAUnitOrNone() throws Exception {
    CCompiler compiler = CCompiler.ofThisMachine();
    ComputationGraph network =
        Networks.of(
            Networks.seeded(3)
                .graphBuilder()
                .addInputs("features")
                .setInputTypes(
                    InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 5, 5, 1))
                .addLayer("spikes", SpikeEncoding.frames().build(), "features")
                .addLayer(
                    "currents",
                    new SpikingConvolution2D.Builder(1, 1)
                        .nOut(2)
                        .hasBias(false)
                        .neuron(new GradedNeuron())
                        .build(),
                    "spikes")
                .addLayer(
                    "neurons",
                    new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1)
                        .stride(1, 1)
                        .threshold(0.5)
                        .build(),
                    "currents")
                .addLayer("answer", Networks.softmax(3), "neurons")
                .setOutputs("answer"));
    network.getLayer("currents").getParam("W").assign(0.3);
    CExport.named("unit").steps(4).write(IntegerQuantization.toBits(2).quantize(network), folder);
    List<Path> sources = Stream.of("snn.c", "unit.c", "selftest.c").map(folder::resolve).toList();
    Path program = compiler.program(folder.resolve("a"), sources);
    assertEquals(List.of("all agree"), CCompiler.run("", program.toString()));
  }

  @Test
  void shouldWriteNothingForWhatItCannotDo() throws IOException {
    assertMessage(
        "name must be a C identifier of letters, digits and _ that is not taken, such as digits,"
            + " got 2fast",
        () -> CExport.named("2fast"));
    assertRefused("that is not taken", () -> CExport.named("int"));
    assertMessage(
        "steps must be a whole number of at least 1, got 0", () -> CExport.named("a").steps(0));
    assertMessage(
        "spikes per input must be from 1 to 127, got 128",
        () -> CExport.named("a").spikesPerInput(128));
    assertMessage(
        "features must range from at most 0 to at least 0, got 1.0 to 2.0",
        () -> new FeatureRange(8, 1, 2));
    IntegerNetwork<?> chip = small(Networks.softmax(3));
    Path target = folder.resolve("new");
    assertRefused(
        "RAM must be at most 10 bytes",
        () -> write(CExport.named("a").within(9999, 10), chip, target));
    assertRefused(
        "flash must be at most 100 bytes",
        () -> write(CExport.named("a").within(100, 9999), chip, target));
    IntegerNetwork<?> synaptic =
        small(
            new LeakyReadOut.Builder().nOut(3).leak(0.9).synapticDecay(0.5).build(),
            new LossLayer.Builder(LossFunction.MSE).build());
    assertRefused(
        "a leaky read-out must have no synaptic current",
        () -> write(CExport.named("a"), synaptic, target));
    IntegerNetwork<?> weighted =
        small(new LeakyReadOut.Builder().nOut(3).leak(0.9).build(), Networks.softmax(3));
    assertRefused(
        "a layer behind membranes must have no weights",
        () -> write(CExport.named("a"), weighted, target));
    assertFalse(Files.exists(target));
    Files.writeString(folder.resolve("thesis.txt"), "do not replace");
    assertRefused(
        "folder must be new, empty or of an earlier program of this name, got " + folder,
        () -> write(CExport.named("a"), chip, folder));
    assertFalse(Files.exists(folder.resolve("snn.c")));
  }

  private static void write(CExport export, IntegerNetwork<?> chip, Path target) {
    try {
      export.write(chip, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
