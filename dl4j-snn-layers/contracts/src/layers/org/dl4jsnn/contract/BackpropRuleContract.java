package org.dl4jsnn.contract;

import org.dl4jsnn.internal.contract.Cases;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every gradient rule keeps in a network, with and without leak, for every reset, for
 * ordinary, signed and graded input, on both engines:
 *
 * <ul>
 *   <li>gradients are finite, also with every parameter of the neurons at its smallest, tiny, at
 *       its largest and random;
 *   <li>input of zero gives no spikes, and a gradient of exactly zero for every weight;
 *   <li>gradients do not depend on the order of the minibatch, except for the rounding of sums, and
 *       rates follow it exactly;
 *   <li>gradients are bit-identical for any number of threads, and when repeated;
 *   <li>the gradient of a minibatch is the sum of those of its parts, where no scalar of the rule
 *       is adapted to the minibatch;
 *   <li>a configuration with the rule survives JSON.
 * </ul>
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackpropRuleContract {

  private static final int SAMPLES = 6;
  private static final List<String> ENGINES = List.of("event", "dense");

  /** A share of the norm of a gradient: the difference between float sums in different orders. */
  private static final double ROUNDING = 2e-5;

  private String engineBefore;

  /** The rule with each of its settings. */
  protected abstract List<BackpropRule> rules();

  @BeforeEach
  void rememberTheEngine() {
    engineBefore = System.getProperty(Engines.PROPERTY);
  }

  @AfterEach
  void restoreTheEngine() {
    if (engineBefore == null) {
      System.clearProperty(Engines.PROPERTY);
    } else {
      System.setProperty(Engines.PROPERTY, engineBefore);
    }
  }

  private static List<SpikingNeuron> neurons() {
    List<SpikingNeuron> neurons = new ArrayList<>();
    for (Reset reset : List.of(Reset.toZero(), Reset.to(-0.25), Reset.bySubtraction())) {
      neurons.add(new SpikingNeuron(0.75, 1, reset, 0));
      neurons.add(new SpikingNeuron(0.75, 0.875, reset, 0));
    }
    return neurons;
  }

  /** One parameter at its end after the other, then all of them at random. */
  private static List<SpikingNeuron> extremes() {
    List<SpikingNeuron> neurons = new ArrayList<>();
    Random random = new Random(7);
    for (Reset reset : List.of(Reset.toZero(), Reset.to(-0.25), Reset.bySubtraction())) {
      for (double threshold : new double[] {Float.MIN_VALUE, 1e-30, Float.MAX_VALUE}) {
        neurons.add(new SpikingNeuron(threshold, 1, reset, 0));
      }
      for (double leak : new double[] {Double.MIN_VALUE, 1e-30}) {
        neurons.add(new SpikingNeuron(1, leak, reset, 0));
      }
      for (double membrane : new double[] {-Float.MAX_VALUE, 1e-30, 1, Float.MAX_VALUE}) {
        neurons.add(new SpikingNeuron(1, 1, reset, membrane));
      }
      for (int i = 0; i < 3; i++) {
        neurons.add(
            new SpikingNeuron(
                0.1 + 2 * random.nextDouble(),
                1 - random.nextDouble(),
                reset,
                random.nextGaussian()));
      }
    }
    // The gradient through the reset goes with the T-th power of the way down to it; further down
    // it is beyond single precision.
    neurons.add(new SpikingNeuron(1, 1, Reset.to(-10), 0));
    neurons.add(new SpikingNeuron(1, 1, Reset.to(1), 0));
    return neurons;
  }

  /** The most that leaves no neuron out, since engines and rules have so many sums of indices. */
  private int share() {
    return ENGINES.size() + rules().size() - 1;
  }

  /** Engines, rules, ordinary neurons and input. */
  Stream<Arguments> cases() {
    return Cases.crossed(share(), ENGINES, rules(), neurons(), List.of(Frames.values()));
  }

  Stream<Arguments> ordinaryNeurons() {
    return Cases.crossed(share(), ENGINES, rules(), neurons(), List.of(Frames.ORDINARY));
  }

  Stream<Arguments> extremeNeurons() {
    return Cases.crossed(share(), ENGINES, rules(), extremes(), List.of(Frames.GRADED));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("cases")
  void shouldGiveTheSameBitsWhateverTheNumberOfThreads(
      String engine, BackpropRule rule, SpikingNeuron neuron, Frames input)
      throws Exception {
    System.setProperty(Engines.PROPERTY, engine);
    MultiLayerNetwork network = FramesNetwork.of(rule, neuron);
    INDArray frames = input.random(FramesNetwork.SHAPE, SAMPLES, FramesNetwork.STEPS, 1);
    INDArray labels = FramesNetwork.labels(SAMPLES);
    Map<String, float[]> here = bits(gradients(network, frames, labels));
    here.forEach((name, gradient) -> assertFinite(name, gradient));
    assertTrue(norm(here.get("1_W")) > 0, "nothing reaches the first weights");
    for (int threads : new int[] {1, 2, 5}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        Map<String, float[]> there =
            pool.submit(() -> bits(gradients(network, frames, labels))).get();
        here.forEach(
            (name, gradient) ->
                assertArrayEquals(gradient, there.get(name), name + ", " + threads + " threads"));
      } finally {
        pool.shutdown();
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("cases")
  void shouldFollowAPermutationOfTheMinibatch(
      String engine, BackpropRule rule, SpikingNeuron neuron, Frames input) {
    System.setProperty(Engines.PROPERTY, engine);
    int[] order = {3, 0, 5, 1, 4, 2};
    MultiLayerNetwork network = FramesNetwork.of(rule, neuron);
    INDArray frames = input.random(FramesNetwork.SHAPE, SAMPLES, FramesNetwork.STEPS, 2);
    INDArray labels = FramesNetwork.labels(SAMPLES);
    INDArray permuted = Frames.samples(frames, order);
    List<INDArray> rates = network.feedForward(frames, false);
    List<INDArray> permutedRates = network.feedForward(permuted, false);
    for (int layer = 1; layer < rates.size() - 1; layer++) {
      assertArrayEquals(
          floats(Frames.samples(rates.get(layer), order)),
          floats(permutedRates.get(layer)),
          "rates of layer " + layer);
    }
    assertClose(
        gradients(network, frames, labels),
        gradients(network, permuted, Frames.samples(labels, order)));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("cases")
  void shouldAddTheGradientsOfThePartsOfAMinibatch(
      String engine, BackpropRule rule, SpikingNeuron neuron, Frames input) {
    System.setProperty(Engines.PROPERTY, engine);
    MultiLayerNetwork network = FramesNetwork.of(rule, neuron);
    // Between two refreshes of ASF-BP's slopes.
    network.setEpochCount(1);
    INDArray frames = input.random(FramesNetwork.SHAPE, SAMPLES, FramesNetwork.STEPS, 3);
    // Ordinary spikes together with graded ones are graded; alone they are not.
    INDArray others = Frames.ORDINARY.random(FramesNetwork.SHAPE, 2, FramesNetwork.STEPS, 4);
    INDArray labels = FramesNetwork.labels(SAMPLES + 2);
    Map<String, INDArray> all = gradients(network, Nd4j.concat(0, frames, others), labels);
    Map<String, INDArray> sum =
        gradients(network, frames, Frames.samples(labels, 0, 1, 2, 3, 4, 5));
    gradients(network, others, Frames.samples(labels, 6, 7))
        .forEach((name, gradient) -> sum.get(name).addi(gradient));
    assertClose(all, sum);
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("ordinaryNeurons")
  void shouldLearnNothingFromSilence(
      String engine, BackpropRule rule, SpikingNeuron neuron, Frames input) {
    System.setProperty(Engines.PROPERTY, engine);
    MultiLayerNetwork network = FramesNetwork.of(rule, neuron);
    network.getParam("1_b").assign(0);
    INDArray silence = input.random(FramesNetwork.SHAPE, SAMPLES, FramesNetwork.STEPS, 5).muli(0);
    for (INDArray rates : network.feedForward(silence, false)) {
      assertArrayEquals(new float[(int) rates.length()], floats(rates));
    }
    gradients(network, silence, FramesNetwork.labels(SAMPLES))
        .forEach(
            (name, gradient) -> {
              if (name.endsWith("_W")) {
                assertEquals(0, gradient.amaxNumber().doubleValue(), name);
              }
            });
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @MethodSource("extremeNeurons")
  void shouldBeFiniteWithParametersAtTheirEnds(
      String engine, BackpropRule rule, SpikingNeuron neuron, Frames input) {
    System.setProperty(Engines.PROPERTY, engine);
    MultiLayerNetwork network = FramesNetwork.of(rule, neuron);
    INDArray labels = FramesNetwork.labels(SAMPLES);
    INDArray frames = input.random(FramesNetwork.SHAPE, SAMPLES, FramesNetwork.STEPS, 6);
    gradients(network, frames, labels)
        .forEach((name, gradient) -> assertFinite(name, floats(gradient)));
    assertTrue(Double.isFinite(network.score()));
  }

  @Test
  void shouldSurviveJson() {
    List<BackpropRule> rules = rules();
    List<SpikingNeuron> neurons = extremes();
    for (int rule = 0; rule < rules.size(); rule++) {
      for (int neuron = 0; neuron < neurons.size(); neuron++) {
        // Every neuron, with one of the rules.
        if (Cases.include(rules.size(), rule, neuron)) {
          MultiLayerConfiguration configuration =
              FramesNetwork.configuration(rules.get(rule), neurons.get(neuron));
          String json = configuration.toJson();
          MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(json);
          assertEquals(configuration, restored);
          assertEquals(json, restored.toJson());
        }
      }
    }
  }

  private static Map<String, INDArray> gradients(
      MultiLayerNetwork network, INDArray frames, INDArray labels) {
    network.setInput(frames);
    network.setLabels(labels);
    network.computeGradientAndScore();
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    network
        .gradient()
        .gradientForVariable()
        .forEach((name, gradient) -> gradients.put(name, gradient.dup('c')));
    return gradients;
  }

  private static Map<String, float[]> bits(Map<String, INDArray> gradients) {
    Map<String, float[]> bits = new LinkedHashMap<>();
    gradients.forEach((name, gradient) -> bits.put(name, floats(gradient)));
    return bits;
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private static void assertFinite(String name, float[] values) {
    for (float value : values) {
      assertTrue(Float.isFinite(value), () -> "gradient of " + name + " holds " + value);
    }
  }

  private static void assertClose(Map<String, INDArray> expected, Map<String, INDArray> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, gradient) ->
            assertEquals(
                0,
                gradient.distance2(actual.get(name)),
                ROUNDING * gradient.norm2Number().doubleValue(),
                name));
  }
}
