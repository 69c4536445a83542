package org.dl4jsnn.nir.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NirTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Imported networks beside a simulation of the graph, node by node. */
class NirImportTest {

  @ParameterizedTest
  @EnumSource(TestGraphs.class)
  void shouldFireAsTheGraphDoes(TestGraphs graph) {
    requireEqual(graph, NirDialect.norse());
  }

  @ParameterizedTest
  @EnumSource(TestGraphs.class)
  void shouldFireAsTheGraphDoesWhereSpikesSubtract(TestGraphs graph) {
    requireEqual(graph, NirDialect.norse().withResetBySubtraction());
  }

  @ParameterizedTest
  @EnumSource(value = TestGraphs.class, mode = EnumSource.Mode.EXCLUDE, names = "DELAYS")
  void shouldFireAsTheGraphDoesInOtherDialects(TestGraphs graph) {
    requireEqual(graph, NirDialect.exact().withTimeStep(1));
  }

  private static void requireEqual(TestGraphs graph, NirDialect dialect) {
    NirGraph nir = graph.graph();
    ComputationGraph network = NirImport.by(dialect).computationGraph(nir);
    INDArray features = NirTrainingTest.features(graph);
    NirSimulation simulation = NirSimulation.of(nir, dialect);
    Map<String, float[][][]> fired = TestNets.fired(network, features);
    int compared = 0;
    for (int sample = 0; sample < features.size(0); sample++) {
      simulation.reset();
      for (int step = 0; step < TestNets.STEPS; step++) {
        simulation.step(frame(features, sample, step));
        for (String node : simulation.order()) {
          if (fired.containsKey(node) && !node.equals("input")) {
            assertArrayEquals(
                simulation.output(node),
                fired.get(node)[sample][step],
                node + ", sample " + sample + ", step " + step);
            compared++;
          }
        }
      }
    }
    assertTrue(compared > 0, fired.keySet() + " of " + simulation.order());
    String last = network.getConfiguration().getNetworkOutputs().get(0);
    TestNets.requireSpikes(fired.get(last));
  }

  /** A step of the features of a sample, in C order. */
  static float[] frame(INDArray features, int sample, int step) {
    float[] all = features.dup('c').data().asFloat();
    int channels = (int) features.size(1);
    int steps = (int) features.size(2);
    int positions = (int) (features.length() / features.size(0) / channels / steps);
    float[] frame = new float[channels * positions];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          all,
          ((sample * channels + channel) * steps + step) * positions,
          frame,
          channel * positions,
          positions);
    }
    return frame;
  }

  @Test
  void shouldMakeALayerOfNeuronsAndTheWeightsInFrontOfThem() {
    assertLayers(
        TestGraphs.IMAGES,
        SpikingConvolution2D.class,
        SpikingDepthwiseConvolution2D.class,
        SpikingConvolution2D.class,
        SpikingPooling2D.class,
        SpikingPooling2D.class,
        SpikingDense.class);
    assertLayers(TestGraphs.ROWS, SpikingConvolution1D.class, SpikingDense.class);
    assertLayers(TestGraphs.NESTED_CYCLE, SpikingRecurrent.class, SpikingRecurrent.class);
    assertTrue(
        ((SpikingRecurrent) layers(TestGraphs.NESTED_CYCLE).getLayer(2).conf().getLayer())
            .isOneToOne());
    assertFalse(NirImport.by(NirDialect.norse()).isChain(TestGraphs.BRANCHES.graph()));
  }

  private static MultiLayerNetwork layers(TestGraphs graph) {
    return NirImport.by(NirDialect.norse()).multiLayerNetwork(graph.graph());
  }

  @SafeVarargs
  private static void assertLayers(TestGraphs graph, Class<? extends Layer>... expected) {
    MultiLayerNetwork network = layers(graph);
    assertEquals(expected.length + 1, network.getnLayers());
    for (int i = 0; i < expected.length; i++) {
      assertInstanceOf(expected[i], network.getLayer(i + 1).conf().getLayer());
    }
  }

  @Test
  void shouldReadIntegratorsAndWeightsAtTheEndAsACourse() {
    GraphBuilder builder = new GraphBuilder();
    NirTensor ones = NirTensor.full(new int[] {3}, 1);
    NirTensor tau = NirTensor.full(new int[] {3}, 0.004f);
    NirTensor rest = NirTensor.full(new int[] {3}, 0);
    NirGraph graph =
        builder
            .node("input", new NirPlumbing.Input(6))
            .node("fc1", builder.affine(8, 6), "input")
            .node("if1", GraphBuilder.neurons(8), "fc1")
            .node("fc2", builder.affine(3, 8), "if1")
            .node("li", new NirNeurons.LI(tau, ones, rest), "fc2")
            .node("sum", new NirNeurons.I(ones), "fc2")
            .node("membranes", new NirPlumbing.Output(3), "li")
            .node("sums", new NirPlumbing.Output(3), "sum")
            .node("currents", new NirPlumbing.Output(3), "fc2")
            .build();
    NirDialect dialect = NirDialect.norse();
    ComputationGraph network = NirImport.by(dialect).computationGraph(graph);
    INDArray features = TestNets.spikes(3, 2, 6, TestNets.STEPS);
    INDArray[] courses = network.output(features);
    assertInstanceOf(LeakyReadOut.class, network.getLayer("fc2").conf().getLayer());
    String[] nodes = {"li", "sum", "fc2"};
    for (int output = 0; output < nodes.length; output++) {
      NirSimulation simulation = simulated(graph, nodes[output], dialect);
      for (int step = 0; step < TestNets.STEPS; step++) {
        float[] expected = simulation.step(frame(features, 0, step));
        for (int i = 0; i < 3; i++) {
          assertEquals(expected[i], courses[output].getFloat(0, i, step), 1e-5f, nodes[output]);
        }
      }
    }
  }

  private static NirSimulation simulated(NirGraph graph, String node, NirDialect dialect) {
    Map<String, NirNode> nodes = new LinkedHashMap<>(graph.nodes());
    nodes.values().removeIf(NirPlumbing.Output.class::isInstance);
    nodes.keySet().removeIf(each -> List.of("li", "sum").contains(each) && !each.equals(node));
    nodes.put("output", new NirPlumbing.Output(3));
    List<NirGraph.Edge> edges = new ArrayList<>(graph.edges());
    edges.removeIf(edge -> !nodes.containsKey(edge.from()) || !nodes.containsKey(edge.to()));
    edges.add(new NirGraph.Edge(node, "output"));
    return NirSimulation.of(new NirGraph(nodes, edges), dialect);
  }

  @Test
  void shouldAddARecurrentBiasWhereTheDialectDoes() {
    assertFiresAsSimulated(NirRefusalsTest.recurrentWithBias());
    GraphBuilder builder = new GraphBuilder();
    assertFiresAsSimulated(
        builder
            .node("input", new NirPlumbing.Input(4))
            .node("fc", builder.linear(4, 4), "input")
            .node("lif", GraphBuilder.leaky(4), "fc")
            .node("w_rec", builder.affine(4, 4), "lif")
            .node("w_rec_more", builder.affine(4, 4), "w_rec")
            .edge("w_rec_more", "lif")
            .node("output", new NirPlumbing.Output(4), "lif")
            .build());
  }

  private static void assertFiresAsSimulated(NirGraph graph) {
    NirDialect dialect = NirDialect.snnTorch().withTimeStep(1.0 / 1024);
    ComputationGraph network = NirImport.by(dialect).computationGraph(graph);
    INDArray features = TestNets.spikes(3, 1, 4, TestNets.STEPS);
    NirSimulation simulation = NirSimulation.of(graph, dialect);
    float[][][] fired = TestNets.fired(network, features).get("lif");
    for (int step = 0; step < TestNets.STEPS; step++) {
      assertArrayEquals(simulation.step(frame(features, 0, step)), fired[0][step], "step " + step);
    }
  }
}
