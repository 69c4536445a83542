package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ground truth of the method: numbers from its published scripts. Spike counts and accumulated
 * inputs match bit for bit; slopes, outputs, losses and gradients within 1e-5 of the array's
 * largest magnitude.
 *
 * <p>Further sets are read from the folder given by {@code -Dgolden.dir=…}, if any.
 */
class GoldenVectorsTest {

  private static final double TOLERANCE = 1e-5;

  static Stream<GoldenSet> sets() throws IOException, URISyntaxException {
    Path resources = Path.of(GoldenVectorsTest.class.getResource("/golden").toURI());
    String more = System.getProperty("golden.dir", "");
    // A relative folder is one below where the build was started.
    Path start = Path.of(System.getProperty("build.root", ""));
    return (more.isEmpty() ? Stream.of(resources) : Stream.of(resources, start.resolve(more)))
        .flatMap(GoldenVectorsTest::setsIn);
  }

  private static Stream<GoldenSet> setsIn(Path root) {
    assertTrue(Files.isDirectory(root), "golden.dir must be a folder, got " + root);
    try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      List<GoldenSet> found =
          files
              .filter(file -> file.endsWith("meta.json"))
              .map(meta -> GoldenSet.read(meta.getParent()))
              .sorted((a, b) -> a.folder().compareTo(b.folder()))
              .toList();
      assertFalse(found.isEmpty(), "no meta.json below " + root);
      return found.stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<Arguments> setsAndEngines() throws IOException, URISyntaxException {
    return sets()
        .flatMap(set -> Stream.of("event", "dense").map(engine -> Arguments.of(set, engine)));
  }

  @AfterEach
  void chooseEnginesAgain() {
    System.clearProperty(Engines.PROPERTY);
  }

  @ParameterizedTest
  @MethodSource("setsAndEngines")
  void shouldReproduceThePublishedNumbers(GoldenSet set, String engine) {
    System.setProperty(Engines.PROPERTY, engine);
    GoldenNetwork golden = new GoldenNetwork(set);
    for (int batch = 0; batch < set.batches(); batch++) {
      checkInference(set, golden, batch);
      checkTraining(set, golden, batch);
    }
    System.out.println("golden: " + set + ", " + engine + " engine: ok");
  }

  private static void checkInference(GoldenSet set, GoldenNetwork golden, int batch) {
    MultiLayerNetwork network = golden.network;
    INDArray features = golden.features(batch);
    assertClose("inference", set.array(batch, "out_inference"), network.output(features, false));
    network.setInput(features);
    List<INDArray> rates = network.feedForward(false, false);
    checkFlows(set, golden, batch, rates.subList(1, rates.size()));
  }

  private static void checkTraining(GoldenSet set, GoldenNetwork golden, int batch) {
    MultiLayerNetwork network = golden.network;
    boolean refresh = set.batch(batch).get("updateScale").asBoolean();
    network.setEpochCount(refresh ? 0 : 1);
    checkSlopes(set, golden, batch, "scaleBefore");
    INDArray labels =
        Nd4j.eye(set.array(batch, "out").size(1)).getRows(set.array(batch, "label").toIntVector());
    AtomicInteger checked = new AtomicInteger();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            checkFlows(set, golden, batch, activations.subList(1, activations.size()));
            checked.incrementAndGet();
          }

          @Override
          public void onGradientCalculation(Model model) {
            checkGradients(set, golden, batch, model.gradient().gradientForVariable());
            checked.incrementAndGet();
          }
        });
    network.fit(golden.features(batch), labels);
    network.setListeners();
    assertEquals(2, checked.get());

    double loss = set.batch(batch).get("loss").asDouble();
    assertEquals(loss, network.score(), TOLERANCE * loss, "loss of batch " + batch);
    checkSlopes(set, golden, batch, "scaleAfter");
    assertClose("training", set.array(batch, "out"), network.output(golden.features(batch), true));
  }

  /** Compares rates and flows; the list begins with the encoding layer's rates. */
  private static void checkFlows(
      GoldenSet set, GoldenNetwork golden, int batch, List<INDArray> rates) {
    double steps = set.number("T");
    if (Files.exists(set.folder().resolve("b" + batch + "_Total_input.npy"))) {
      assertExact("input", set.array(batch, "Total_input"), counts(rates.get(0), steps));
    }
    for (int i = 0; i < golden.parts.size(); i++) {
      GoldenNetwork.Part part = golden.parts.get(i);
      INDArray expected = set.array(batch, "Total_" + part.flow() + "_output");
      assertExact("rates of " + part.flow(), expected, counts(rates.get(i + 1), steps));
      if (part.current() != null) {
        AccumulatedFlow flow = ((SpikingLayer) golden.network.getLayer(i + 1)).accumulatedFlow();
        assertExact("spikes of " + part.flow(), expected, flow.out());
        assertExact(
            "input of " + part.flow(), set.accumulatedInput(batch, part.current()), flow.in());
      }
    }
  }

  private static INDArray counts(INDArray rates, double steps) {
    return Nd4j.math().round(rates.mul(steps));
  }

  private static void checkGradients(
      GoldenSet set, GoldenNetwork golden, int batch, Map<String, INDArray> gradients) {
    for (int i = 0; i < golden.parts.size(); i++) {
      String weight = golden.parts.get(i).weight();
      if (weight != null) {
        checkGradient(set, batch, weight, gradients.get((i + 1) + "_W"));
      }
    }
    checkGradient(set, batch, "fc1", gradients.get((golden.parts.size() + 1) + "_W"));
  }

  private static void checkGradient(GoldenSet set, int batch, String weight, INDArray gradient) {
    INDArray expected = set.array(batch, "grad_" + weight);
    INDArray actual = gradient.rank() == 2 ? gradient.transpose() : gradient;
    assertClose("gradient of " + weight, expected, actual);
  }

  private static void checkSlopes(GoldenSet set, GoldenNetwork golden, int batch, String when) {
    for (int i = 0; i < golden.parts.size(); i++) {
      String slope = golden.parts.get(i).slope();
      if (slope != null) {
        double expected = set.batch(batch).get(when).get(slope).asDouble();
        double actual = golden.network.getLayer(i + 1).getParam(AsfBackprop.SLOPE).getDouble(0);
        assertEquals(expected, actual, TOLERANCE * expected, slope + " " + when);
      }
    }
  }

  private static void assertExact(String what, INDArray expected, INDArray actual) {
    assertEquals(0, distance(expected, actual), what);
  }

  private static void assertClose(String what, INDArray expected, INDArray actual) {
    double magnitude = expected.amaxNumber().doubleValue();
    double distance = distance(expected, actual);
    assertTrue(
        distance <= TOLERANCE * magnitude, what + ": off by " + distance + " of " + magnitude);
  }

  private static double distance(INDArray expected, INDArray actual) {
    assertEquals(expected.length(), actual.length());
    return expected.sub(actual.reshape('c', expected.shape())).amaxNumber().doubleValue();
  }

  @ParameterizedTest
  @MethodSource("setsAndEngines")
  void shouldShowProbesThePublishedNumbers(GoldenSet set, String engine) {
    System.setProperty(Engines.PROPERTY, engine);
    GoldenNetwork golden = new GoldenNetwork(set);
    String last = golden.network.getLayerNames().get(golden.parts.size());
    SpikeRecording seen =
        SpikeProbe.of(golden.network).allLayers().membranes(last).record(golden.features(0));
    for (int i = 0; i < golden.parts.size(); i++) {
      GoldenNetwork.Part part = golden.parts.get(i);
      String layer = golden.network.getLayerNames().get(i + 1);
      // The published total of maximum pooling is the maximum of the totals, not the total of its
      // spikes.
      if (part.current() != null) {
        INDArray spikes = set.array(0, "Total_" + part.flow() + "_output");
        INDArray input = set.accumulatedInput(0, part.current());
        assertEquals(
            spikes, like(spikes, seen.accumulatedOutput(layer)), "spikes of " + part.flow());
        assertEquals(input, like(input, seen.accumulatedInput(layer)), "input of " + part.flow());
      }
    }
    assertFiresAboveTheThreshold(seen, last);
  }

  private static INDArray like(INDArray expected, INDArray actual) {
    return actual.reshape('c', expected.shape());
  }

  private static void assertFiresAboveTheThreshold(SpikeRecording seen, String layer) {
    double threshold = seen.neuron(layer).threshold();
    for (int neuron : seen.membranesOf(layer)) {
      float[] membrane = seen.membrane(layer, 0, neuron);
      boolean[] fired = seen.fired(layer, 0, neuron);
      for (int step = 0; step < membrane.length; step++) {
        assertEquals(membrane[step] > threshold, fired[step], "neuron " + neuron);
      }
    }
  }
}
