package org.dl4jsnn.asf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.NirExport;
import org.dl4jsnn.nir.network.NirImport;
import org.dl4jsnn.nir.network.NirRestore;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Graphs of other programs train on under every rule, and keep what rules have learned. */
class NirRulesTest {

  private static final int INPUTS = 6;
  private static final int NEURONS = 20;
  private static final int CLASSES = 3;

  private static List<BackpropRule> rules() {
    return List.of(new SpatioTemporalBackprop(), new RateBackprop(), new AsfBackprop());
  }

  private static NirTensor random(long seed, int... shape) {
    Random random = new Random(seed);
    float[] values = NirTensor.full(shape, 0).values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.2 + 0.5 * random.nextGaussian());
    }
    return NirTensor.of(shape, values);
  }

  private static NirTensor full(double value) {
    return NirTensor.full(new int[] {NEURONS}, (float) value);
  }

  private static NirNeurons leaky() {
    return new NirNeurons.LIF(full(4e-3), full(4), full(0), full(1), full(0));
  }

  private static NirGraph chain() {
    return new NirGraph(
        Map.of(
            "input",
            new NirPlumbing.Input(INPUTS),
            "fc1",
            new NirWeights.Affine(random(1, NEURONS, INPUTS), random(2, NEURONS)),
            "lif1",
            leaky(),
            "fc2",
            new NirWeights.Linear(random(3, NEURONS, NEURONS)),
            "if2",
            new NirNeurons.IF(full(1), full(1), full(0)),
            "output",
            new NirPlumbing.Output(NEURONS)),
        List.of(
            new NirGraph.Edge("input", "fc1"),
            new NirGraph.Edge("fc1", "lif1"),
            new NirGraph.Edge("lif1", "fc2"),
            new NirGraph.Edge("fc2", "if2"),
            new NirGraph.Edge("if2", "output")));
  }

  private static NirImport importing(BackpropRule rule) {
    return importing(NirDialect.norse(), rule);
  }

  private static NirImport importing(NirDialect dialect, BackpropRule rule) {
    return NirImport.by(dialect)
        .settings(new NeuralNetConfiguration.Builder().seed(3).updater(new Adam(1e-2)))
        .backprop(rule)
        .readOut(Networks.softmax(CLASSES));
  }

  private static DataSet data() {
    INDArray features =
        Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), new long[] {9, INPUTS, 12})
            .gt(0.5)
            .castTo(DataType.FLOAT);
    INDArray labels = Networks.labels(9, CLASSES);
    return new DataSet(features, labels);
  }

  /** Neurons that fire, with numbers that a dialect takes. */
  private static Map<String, NirNeurons> kinds(NirDialect dialect) {
    double tau = 4 * dialect.timeStep();
    boolean isPerSecond = Set.of("spikingjelly", "exact").contains(dialect.name());
    // Of CubaLIF, snnTorch reads r = τ_mem / dt only.
    double gain = dialect.name().equals("snntorch") ? 4 : 1;
    Map<String, NirNeurons> kinds = new LinkedHashMap<>();
    kinds.put("LIF", new NirNeurons.LIF(full(tau), full(gain), full(0), full(1), full(0)));
    kinds.put(
        "IF", new NirNeurons.IF(full(isPerSecond ? 1 / dialect.timeStep() : 1), full(1), full(0)));
    kinds.put(
        "CubaLIF",
        new NirNeurons.CubaLIF(
            full(tau / 2), full(tau), full(gain), full(0), full(1), full(0), full(1)));
    kinds.put("Threshold", new NirNeurons.Threshold(full(0.5)));
    return kinds;
  }

  private static Stream<Arguments> dialectsAndRules() {
    List<NirDialect> dialects = new ArrayList<>();
    for (String name : NirDialect.names()) {
      dialects.add(NirDialect.named(name));
      dialects.add(NirDialect.named(name).withResetBySubtraction());
    }
    Stream.Builder<Arguments> cases = Stream.builder();
    List<BackpropRule> rules = rules();
    for (int dialect = 0; dialect < dialects.size(); dialect++) {
      Map<String, NirNeurons> kinds = kinds(dialects.get(dialect));
      int kind = 0;
      for (String name : kinds.keySet()) {
        for (int rule = 0; rule < rules.size(); rule++) {
          if (Cases.include(rules.size(), dialect, kind, rule)) {
            cases.add(Arguments.of(dialects.get(dialect), name, kinds.get(name), rules.get(rule)));
          }
        }
        kind++;
      }
    }
    return cases.build();
  }

  @ParameterizedTest(name = "{0}, {1}, {3}")
  @MethodSource("dialectsAndRules")
  void shouldTrainOnInEveryDialect(
      NirDialect dialect, String kind, NirNeurons neurons, BackpropRule rule) {
    Map<String, NirNode> nodes = new LinkedHashMap<>(chain().nodes());
    nodes.put("lif1", neurons);
    nodes.put("if2", neurons);
    MultiLayerNetwork network =
        importing(dialect, rule).multiLayerNetwork(new NirGraph(nodes, chain().edges()));
    INDArray first = network.getLayer(1).getParam("W").dup();
    INDArray second = network.getLayer(2).getParam("W").dup();
    network.fit(data());
    assertTrue(!first.equals(network.getLayer(1).getParam("W")), "layer 1 has not learned");
    assertTrue(!second.equals(network.getLayer(2).getParam("W")), "layer 2 has not learned");
    assertTrue(Double.isFinite(network.params().sumNumber().doubleValue()));
    NirGraph back = NirExport.ofTimeStep(dialect.timeStep()).export(network);
    assertEquals(kind, back.nodes().get("lif1").type());
  }

  @Test
  void shouldRefuseRulesThatKnowNoTimeForNeuronsThatReachThemselves() {
    Map<String, NirNode> nodes = new LinkedHashMap<>(chain().nodes());
    nodes.put("w_rec", new NirWeights.Linear(random(4, NEURONS, NEURONS)));
    List<NirGraph.Edge> edges = new ArrayList<>(chain().edges());
    edges.add(new NirGraph.Edge("lif1", "w_rec"));
    edges.add(new NirGraph.Edge("w_rec", "lif1"));
    NirGraph graph = new NirGraph(nodes, edges);
    for (BackpropRule rule : List.of(new RateBackprop(), new AsfBackprop())) {
      assertRefused(RuntimeException.class, () -> importing(rule).multiLayerNetwork(graph), "lif1");
    }
  }

  @Test
  void shouldGiveBackWhatARuleHasLearned() throws Exception {
    MultiLayerNetwork network =
        SpikingNetworks.lenet5().layers("6C5-AP2-8C5-AP2-20").steps(5).init();
    for (int i = 1; i < network.getnLayers() - 1; i++) {
      network.getLayer(i).getParam("slope").assign(0.3 + 0.1 * i);
    }
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(network);
    MultiLayerNetwork back = NirRestore.defaults().multiLayerNetwork(graph);
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(network.params(), back.params());
  }
}
