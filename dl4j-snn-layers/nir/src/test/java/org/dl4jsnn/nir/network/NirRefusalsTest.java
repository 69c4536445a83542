package org.dl4jsnn.nir.network;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.nir.network.GraphBuilder.neurons;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.junit.jupiter.api.Test;

/** What does not map is refused by name, all of it in one message. */
class NirRefusalsTest {

  private static final NirImport NORSE = NirImport.by(NirDialect.norse());

  private static NirConversionException refuse(NirGraph graph) {
    return assertThrows(NirConversionException.class, () -> NORSE.computationGraph(graph));
  }

  private static NirConversionException refuse(GraphBuilder graph) {
    return refuse(graph.build());
  }

  private static NirConversionException refuse(MultiLayerNetwork network) {
    return assertThrows(
        NirConversionException.class, () -> NirExport.ofTimeStep(1e-3).export(network));
  }

  private static void assertNotRestored(NirGraph graph, String reason) {
    assertRefused(reason, () -> NirRestore.defaults().multiLayerNetwork(graph));
  }

  /** An exported network with another text in its metadata. */
  private static NirGraph exported(String key, UnaryOperator<String> change) {
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(TestNets.dense());
    Map<String, String> metadata = new LinkedHashMap<>(graph.metadata());
    metadata.computeIfPresent("dl4j-snn." + key, (name, text) -> change.apply(text));
    return new NirGraph(graph.nodes(), graph.edges(), metadata);
  }

  private static void assertReason(NirConversionException refused, String node, String reason) {
    String found = refused.reasons().get(node);
    assertTrue(found != null && found.contains(reason), node + ": " + refused.getMessage());
    assertTrue(refused.getMessage().contains(node), refused.getMessage());
  }

  @Test
  void shouldNameAllNodesThatDoNotMapInOneMessage() {
    GraphBuilder builder = new GraphBuilder();
    float[] different = {1, 1, 1, 1, 1, 2, 1, 1};
    NirNeurons.IF uneven =
        new NirNeurons.IF(
            NirTensor.full(new int[] {2, 2, 2}, 1),
            NirTensor.of(new int[] {2, 2, 2}, different),
            NirTensor.full(new int[] {2, 2, 2}, 0));
    builder
        .node("input", new NirPlumbing.Input(2, 2, 2))
        .node("uneven", uneven, "input")
        .node("delay", new NirPlumbing.Delay(NirTensor.full(new int[] {2, 2, 2}, 5e-4f)), "uneven")
        .node("fc", builder.linear(3, 8), "uneven")
        .node("lonely", builder.linear(3, 8))
        .node("if", neurons(4), "fc", "lonely", "delay")
        .node("output", new NirPlumbing.Output(4), "if");
    NirConversionException refused = refuse(builder);
    assertEquals(
        Set.of(
            "node uneven (IF)", "node delay (Delay)", "node fc (Linear)", "node lonely (Linear)"),
        refused.reasons().keySet());
    assertReason(refused, "node uneven (IF)", "the same at all positions of a channel, got 1.0");
    assertReason(refused, "node delay (Delay)", "whole multiples of the time step, 0.001 s");
    assertReason(refused, "node fc (Linear)", "a missing Flatten");
    assertReason(refused, "node lonely (Linear)", "an incoming edge, got none");
  }

  @Test
  void shouldRefuseDelaysOfWhatIsNotASpike() {
    GraphBuilder builder = new GraphBuilder();
    builder
        .node("input", new NirPlumbing.Input(4))
        .node("wide", builder.delay(i -> 1, 5), "input")
        .node("linear", builder.linear(4, 4), "input")
        .node("different", builder.delay(i -> i, 4), "linear")
        .node("affine", builder.affine(4, 4), "input")
        .node("late", builder.delay(i -> 2, 4), "affine")
        .node("if", neurons(4), "different", "late")
        .node("back", builder.delay(i -> 1, 4), "if2")
        .node("if2", neurons(4), "if", "back")
        .node("if3", neurons(5), "wide")
        .node("output", new NirPlumbing.Output(4), "if2")
        .node("output3", new NirPlumbing.Output(5), "if3");
    NirConversionException refused = refuse(builder);
    assertReason(refused, "node wide (Delay)", "the shape of their input, [4], got [5]");
    assertReason(refused, "node different (Delay)", "got different delays after weights");
    assertReason(refused, "node late (Delay)", "got weights with a bias");
    assertReason(refused, "node if2 (IF)", "got Delay");
  }

  @Test
  void shouldRefuseToExportDelaysOfMoreStepsThanGraphsHave() {
    MultiLayerNetwork network =
        TestNets.chain(
            InputType.recurrent(3),
            new SpikingDense.Builder().nOut(2).build(),
            new SpikingDelay.Builder().name("long").steps(1 << 21).build(),
            Networks.softmax(2));
    assertReason(refuse(network), "layer 'long' (SpikingDelay)", "at most 1048576 steps");
  }

  @Test
  void shouldRefuseCyclesThroughSeveralLayers() {
    GraphBuilder graph =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(4))
            .node("if1", neurons(4), "input")
            .node("if2", neurons(4), "if1")
            .edge("if2", "if1")
            .node("output", new NirPlumbing.Output(4), "if2");
    assertTrue(refuse(graph).getMessage().contains("if1, if2, output: cycles must lead"));
  }

  @Test
  void shouldRefuseARecurrentBiasWhereTheDialectAddsItLater() {
    assertReason(
        refuse(recurrentWithBias()), "node lif (LIF)", "without a bias in the dialect norse");
  }

  static NirGraph recurrentWithBias() {
    GraphBuilder builder = new GraphBuilder();
    return builder
        .node("input", new NirPlumbing.Input(4))
        .node("fc", builder.linear(4, 4), "input")
        .node("lif", GraphBuilder.leaky(4), "fc")
        .node("w_rec", builder.affine(4, 4), "lif")
        .edge("w_rec", "lif")
        .node("output", new NirPlumbing.Output(4), "lif")
        .build();
  }

  @Test
  void shouldRefuseWhatIntegratorsCannotBe() {
    GraphBuilder builder = new GraphBuilder();
    NirTensor ones = NirTensor.full(new int[] {2}, 1);
    NirTensor zeros = NirTensor.full(new int[] {2}, 0);
    NirNode fast = new NirNeurons.LI(NirTensor.of(new int[] {2}, 0.5f, 0.0005f), ones, zeros);
    builder
        .node("input", new NirPlumbing.Input(2))
        .node("if", neurons(2), "input")
        .node("cuba", new NirNeurons.CubaLI(ones, ones, ones, ones, ones), "if")
        .node("fast", fast, "if")
        .node("resting", new NirNeurons.LI(ones, ones, ones), "if")
        .node("behind", builder.linear(2, 2), "fast")
        .node("o1", new NirPlumbing.Output(2), "cuba")
        .node("o2", new NirPlumbing.Output(2), "behind")
        .node("o3", new NirPlumbing.Output(2), "resting");
    NirConversionException refused = refuse(builder);
    assertReason(refused, "node cuba (CubaLI)", "must start and rest at 0");
    assertReason(refused, "node fast (LI)", "leak must be from 0 to 1, got -1.0");
    assertReason(refused, "node behind (Linear)", "only an Output");
    assertReason(refused, "node resting (LI)", "must start and rest at 0");
  }

  /** A small file must not take gigabytes; each of these would. */
  @Test
  void shouldRefuseMatricesThatNoNodeHolds() {
    GraphBuilder alone =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(20_000))
            .node("if", neurons(20_000), "input")
            .node("output", new NirPlumbing.Output(20_000), "if");
    NirConversionException refused = refuse(alone);
    assertReason(refused, "node if (IF)", "20000 × 20000; NirSimulation runs the graph");

    GraphBuilder lowRank = new GraphBuilder().node("input", new NirPlumbing.Input(4000));
    lowRank.node("if", neurons(4000), "input");
    lowRank.node("low", new NirWeights.Linear(NirTensor.full(new int[] {1, 4000}, 1)), "if");
    lowRank.node("high", new NirWeights.Linear(NirTensor.full(new int[] {5000, 1}, 1)), "low");
    lowRank.node("low-rank", neurons(5000), "high");
    lowRank.node("output", new NirPlumbing.Output(5000), "low-rank");
    assertReason(refuse(lowRank), "node high (Linear)", "5000 × 4000; NirSimulation");
  }

  @Test
  void shouldRefuseConvolutionsThatGrowWithoutLimit() {
    GraphBuilder builder = new GraphBuilder();
    NirWeights.Axis plain = new NirWeights.Axis(1, 0, 1);
    NirWeights.Axis wide = new NirWeights.Axis(1, 5000, 1);
    builder
        .node("input", new NirPlumbing.Input(1, 200, 200))
        .node("conv", builder.convolution(1, 1, 3, plain, 1), "input")
        .node("flatten", new NirPlumbing.Flatten(new int[0], 0, -1), "conv")
        .node("fc", builder.linear(2, 198 * 198), "flatten")
        .node("if", neurons(2), "fc")
        .node("output", new NirPlumbing.Output(2), "if")
        .node("padded", builder.convolution(1, 1, 3, wide, 1), "input")
        .node("more", builder.convolution(1, 1, 3, wide, 1), "padded")
        .node("pool", GraphBuilder.sumPool(9000, 9000), "padded")
        .node("if2", neurons(1, 1, 1), "pool")
        .node("output2", new NirPlumbing.Output(1, 1, 1), "if2");
    NirConversionException refused = refuse(builder);
    assertReason(refused, "node flatten (Flatten)", "39204 × 40000; NirSimulation runs the graph");
    assertReason(refused, "node padded (Conv2d)", "at most 67108864 values per step");
  }

  @Test
  void shouldAddUpAllLayersOfAFile() {
    GraphBuilder builder = new GraphBuilder().node("input", new NirPlumbing.Input(2500));
    String last = "input";
    for (int i = 0; i < 4; i++) {
      builder.node("if" + i, neurons(2500), last);
      last = "if" + i;
    }
    builder.node("output", new NirPlumbing.Output(2500), last);
    assertReason(
        refuse(builder), "node if2 (IF)", "weights of all layers together must be at most 16");
  }

  @Test
  void shouldRefusePathsThatBranchAndMeetAgainWithoutNeuronsInBetween() {
    GraphBuilder builder = diamonds(40, 2);
    builder.node("if", neurons(2), "meeting39");
    builder.node("output", new NirPlumbing.Output(2), "if");
    NirConversionException refused = refuse(builder);
    assertReason(refused, "node left14 (Scale)", "paths to all nodes must be at most 65536, got 8");
    assertReason(refused, "node right14 (Scale)", "branch and meet again without neurons");
    assertEquals(2, refused.reasons().size(), refused.getMessage());
  }

  @Test
  void shouldCountTheWeightsOfEveryPath() {
    GraphBuilder builder = diamonds(10, 1000);
    builder.node("fc", builder.linear(1000, 1000), "meeting9");
    builder.node("if", neurons(1000), "fc");
    builder.node("output", new NirPlumbing.Output(1000), "if");
    assertReason(refuse(builder), "node fc (Linear)", "weights of linear nodes together must be");
  }

  /** Every diamond doubles the number of paths. */
  private static GraphBuilder diamonds(int count, int size) {
    GraphBuilder builder = new GraphBuilder().node("input", new NirPlumbing.Input(size));
    NirWeights.Scale half = new NirWeights.Scale(NirTensor.full(new int[] {size}, 0.5f));
    String last = "input";
    for (int i = 0; i < count; i++) {
      builder.node("left" + i, half, last);
      builder.node("right" + i, half, last);
      builder.node("meeting" + i, half, "left" + i, "right" + i);
      last = "meeting" + i;
    }
    return builder;
  }

  @Test
  void shouldRefuseIntegratorsWithoutAShape() {
    GraphBuilder builder = new GraphBuilder();
    NirTensor one = NirTensor.full(new int[0], 1);
    NirTensor zero = NirTensor.full(new int[0], 0);
    builder
        .node("input", new NirPlumbing.Input(2))
        .node("if", neurons(2), "input")
        .node("unfit", builder.linear(2, 3), "if")
        .node("li", new NirNeurons.LI(one, one, zero), "unfit")
        .node("i", new NirNeurons.I(one), "li")
        .node("square", new NirNeurons.I(NirTensor.full(new int[] {2, 2}, 1)), "unfit")
        .node("o1", new NirPlumbing.Output(2), "i")
        .node("o2", new NirPlumbing.Output(2), "square");
    NirConversionException refused = refuse(builder);
    assertReason(refused, "node unfit (Linear)", "must be [3]");
    assertReason(refused, "node li (LI)", "integrators must be [n], got []");
    assertReason(refused, "node square (I)", "integrators must be [n], got [2, 2]");
  }

  /** In the dialect exact a current decays while the membrane sees it. */
  @Test
  void shouldRefuseSynapticCurrentsThatAMembraneSeesThroughoutAStep() {
    NirGraph graph = TestIntegrators.SYNAPTIC.graph(1);
    NirConversionException refused =
        assertThrows(
            NirConversionException.class,
            () -> NirImport.by(NirDialect.exact().withTimeStep(1e-3)).multiLayerNetwork(graph));
    assertReason(refused, "node membranes (CubaLI)", "after the step, as in a LeakyReadOut");
    assertReason(refused, "node membranes (CubaLI)", "the dialect exact");
  }

  @Test
  void shouldRefuseAGraphInAGraphWithTwoInputs() {
    GraphBuilder inner = new GraphBuilder();
    inner
        .node("a", new NirPlumbing.Input(2))
        .node("b", new NirPlumbing.Input(2))
        .node("if", neurons(2), "a", "b")
        .node("end", new NirPlumbing.Output(2), "if");
    GraphBuilder graph =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(2))
            .node("inner", inner.build(), "input")
            .node("output", new NirPlumbing.Output(2), "inner");
    assertReason(refuse(graph), "graph", "node inner (NIRGraph): a graph in a graph must have one");
  }

  @Test
  void shouldRefuseToMakeASequenceOfBranches() {
    NirGraph graph = TestGraphs.BRANCHES.graph();
    assertRefused("ComputationGraph", () -> NORSE.multiLayerNetwork(graph));
  }

  @Test
  void shouldNameAllLayersThatHaveNoNodes() {
    MultiLayerNetwork network =
        TestNets.chain(
            InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 8, 8, 1),
            new SpikingConvolution2D.Builder(3, 3)
                .nOut(2)
                .name("late")
                .initialMembrane(0.5)
                .build(),
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).name("max").build(),
            new SpikingDense.Builder()
                .nOut(3)
                .name("adaptive")
                .neuron(new AdaptiveNeuron(TestNets.leaky(0.5), 0.1, 0.5))
                .build(),
            new SpikingDense.Builder()
                .nOut(3)
                .name("refractory")
                .neuron(new RefractoryNeuron(TestNets.leaky(0.5), 2))
                .build());
    NirConversionException refused = refuse(network);
    assertReason(refused, "layer 'late' (SpikingConvolution2D)", "must start at 0");
    assertReason(refused, "layer 'max' (SpikingPooling2D)", "graphs have no maximum");
    assertReason(refused, "layer 'adaptive' (SpikingDense)", "got AdaptiveNeuron");
    assertReason(refused, "layer 'refractory' (SpikingDense)", "got RefractoryNeuron");
    assertEquals(4, refused.reasons().size());
  }

  @Test
  void shouldNotExportIntegratorsThatHaveNoTimeConstant() {
    for (LeakyReadOut.Builder builder :
        List.of(
            new LeakyReadOut.Builder().leaks(1, 0.5),
            new LeakyReadOut.Builder().leak(0.999999999), // 1 in single precision
            new LeakyReadOut.Builder().leak(1).synapticDecay(0.5),
            new LeakyReadOut.Builder().leak(0.5).synapticDecay(0.5, 1))) {
      MultiLayerNetwork network =
          TestNets.chain(
              InputType.recurrent(4), builder.nOut(2).name("lossless").build(), TestNets.loss());
      NirConversionException refused = refuse(network);
      assertReason(refused, "layer 'lossless' (LeakyReadOut)", "must be below 1");
    }
  }

  @Test
  void shouldNotRestoreAGraphThatWasChanged() {
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(TestNets.dense());
    Map<String, NirNode> nodes = new LinkedHashMap<>(graph.nodes());
    NirNeurons.LIF first = (NirNeurons.LIF) nodes.get("first");
    NirTensor threshold = NirTensor.full(new int[] {9}, 2);
    nodes.put(
        "first",
        new NirNeurons.LIF(first.tau(), first.r(), first.leak(), threshold, first.reset()));
    assertNotRestored(
        new NirGraph(nodes, graph.edges(), graph.metadata()), "another node 'first' (LIF)");
  }

  @Test
  void shouldNotRestoreClassesThatAreNotAllowed() {
    NirGraph hostile =
        exported(
            "configuration",
            json -> json.replace("org.dl4jsnn.conf.SpikingDropout", "com.example.Evil"));
    assertThrows(
        ModelRefusedException.class, () -> NirRestore.defaults().multiLayerNetwork(hostile));
  }

  @Test
  void shouldNotSetMemoryAsideForWhatAConfigurationClaims() {
    assertNotRestored(
        exported("configuration", json -> json.replaceAll("\"nout\" : 9", "\"nout\" : 200000000")),
        "than the graph has numbers");
  }

  @Test
  void shouldNameATimeStepThatIsNoNumber() {
    assertNotRestored(
        exported("time_step", seconds -> "1 ms"),
        "metadata dl4j-snn.time_step must be a number of seconds, got 1 ms");
  }

  @Test
  void shouldNotRestoreGraphsOfOtherPrograms() {
    assertNotRestored(TestGraphs.DENSE.graph(), "use NirImport");
  }

  @Test
  void shouldKeepWeightsThatWereTrainedElsewhere() throws Exception {
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(TestNets.dense());
    Map<String, NirNode> nodes = new LinkedHashMap<>(graph.nodes());
    NirWeights.Affine old = (NirWeights.Affine) nodes.get("first_weight");
    nodes.put(
        "first_weight", new NirWeights.Affine(NirTensor.full(new int[] {9, 6}, 0.25f), old.bias()));
    NirGraph trained = new NirGraph(nodes, graph.edges(), graph.metadata());
    MultiLayerNetwork network = NirRestore.defaults().multiLayerNetwork(trained);
    assertEquals(0.25, network.getLayer(1).getParam("W").meanNumber().doubleValue());
  }
}
