package org.dl4jsnn.nir.network;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.ProgramCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that came from another program go back to it, with what they have learned here. */
class ImportedExportTest {

  private static final float TOLERANCE = 1e-6f;

  /** Norse adds a bias of recurrent weights from the second step on, which no layer does. */
  private static final Set<String> NOT_IN_NORSE =
      Set.of("graphs/recurrent.nir", "graphs/nested.nir", "paper/braille_noDelay_bias_zero.nir");

  /** Graphs that become networks; {@link NirRefusalsTest} has those that do not. */
  static Stream<ProgramCase> cases() throws Exception {
    return ProgramCase.all()
        .filter(one -> !one.name().equals("lif-rest-norse")) // an integrator that rests elsewhere
        .filter(one -> !one.dialect().equals("norse") || !NOT_IN_NORSE.contains(one.file()));
  }

  private static NirGraph back(NirDialect dialect, ComputationGraph network) {
    return NirExport.ofTimeStep(dialect.timeStep()).export(network);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAnswerAsTheProgramDidAfterTheWayBack(ProgramCase one, @TempDir Path folder)
      throws Exception {
    NirDialect dialect = one.settings();
    NirGraph graph = back(dialect, NirImport.by(dialect).computationGraph(one.graph()));
    Path file = folder.resolve("back.nir");
    NirFiles.write(graph, file);
    NirGraph read = NirFiles.read(file);
    assertEquals(graph, read);
    assertArrayEquals(
        one.output(), NirSimulation.of(read, dialect).run(one.input()), TOLERANCE, one.name());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldBecomeTheSameNetworkAgain(ProgramCase one) throws Exception {
    NirDialect dialect = one.settings();
    ComputationGraph first = NirImport.by(dialect).computationGraph(one.graph());
    NirGraph graph = back(dialect, first);
    ComputationGraph restored = NirRestore.defaults().computationGraph(graph);
    assertEquals(first.getConfiguration(), restored.getConfiguration());
    assertSameBits(first.params(), restored.params());
    ComputationGraph again =
        NirImport.by(dialect).computationGraph(NirExportTest.withoutMetadata(graph));
    assertSameBits(first.params(), again.params());
    assertEquals(dynamics(first), dynamics(again));
  }

  private static List<Object> dynamics(ComputationGraph network) {
    List<Object> all = new ArrayList<>();
    for (var layer : network.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseSpikingLayer spiking && spiking.hasNeurons()) {
        all.add(spiking.getNeuron());
      }
    }
    return all;
  }

  /** The numbers of nodes are those that were read, whatever the dialect ignores of them. */
  @ParameterizedTest
  @MethodSource("cases")
  void shouldWriteTheNumbersThatWereRead(ProgramCase one) throws Exception {
    NirDialect dialect = one.settings();
    ComputationGraph network = NirImport.by(dialect).computationGraph(one.graph());
    Map<String, NirNode> written = back(dialect, network).nodes();
    Map<String, NirNode> given = one.graph().joined().nodes();
    for (var layer : network.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      if (layer.conf().getLayer() instanceof BaseSpikingLayer spiking
          && spiking.getNeuron() instanceof LinearNeuron) {
        assertEquals(given.get(name), written.get(name.replaceAll("[./]", "_")), name);
      }
    }
  }

  private static Stream<NirDialect> dialects() {
    return Stream.of(
        NirDialect.snnTorch().withTimeStep(1e-3),
        NirDialect.snnTorch().withTimeStep(1e-3).withResetBySubtraction(),
        NirDialect.snnTorch().withTimeStep(1e-3).withLateReset(),
        NirDialect.norse(),
        NirDialect.sinabs().withTimeStep(1e-3),
        NirDialect.exact().withTimeStep(1));
  }

  /** Fires the same here and where the program reads it, one spike per step. */
  @ParameterizedTest
  @MethodSource("dialects")
  void shouldGoBackWithWhatItHasLearned(NirDialect dialect) {
    MultiLayerNetwork network =
        NirImport.by(dialect)
            .settings(TestNets.settings())
            .backprop(new SpatioTemporalBackprop())
            .readOut(Networks.softmax(3))
            .multiLayerNetwork(TestGraphs.FLAT_CYCLE.graph());
    INDArray features = NirTrainingTest.features(TestGraphs.FLAT_CYCLE);
    INDArray before = network.params().dup();
    INDArray labels = Nd4j.eye(3).castTo(DataType.FLOAT);
    for (int i = 0; i < 5; i++) {
      network.fit(new DataSet(features, Nd4j.vstack(labels, labels)));
    }
    assertNotEquals(before, network.params());
    NirGraph graph = NirExport.ofTimeStep(dialect.timeStep()).export(network);
    MultiLayerNetwork imported =
        NirImport.by(dialect).multiLayerNetwork(NirExportTest.withoutMetadata(graph));
    Map<String, float[][][]> expected = TestNets.fired(network, features);
    Map<String, float[][][]> found = TestNets.fired(imported, features);
    TestNets.requireSpikes(expected.get("if2"));
    assertArrayEquals(expected.get("if2"), found.get("if2"), dialect.toString());
  }

  @Test
  void shouldNameTheDialectAndItsTimeStep() {
    NirDialect dialect = NirDialect.norse();
    MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(TestGraphs.DENSE.graph());
    NirGraph graph = NirExport.ofTimeStep(1e-3).export(network);
    assertEquals(dialect.toString(), graph.metadata().get("dl4j-snn.dialect"));
    assertRefused(
        NirConversionException.class,
        () -> NirExport.ofTimeStep(1e-4).export(network),
        "must equal that of the import of the neurons, 0.001 s");
  }

  @Test
  void shouldRefuseNeuronsThatAreNoLongerThoseOfTheirNode() {
    MultiLayerNetwork network =
        NirImport.by(NirDialect.norse()).multiLayerNetwork(TestGraphs.DENSE.graph());
    LinearNeuron neuron = neuron(network);
    LinearNeuron changed =
        new LinearNeuron(
            neuron.charging(),
            neuron.firing(),
            List.of(0.25),
            neuron.reset(),
            neuron.resetValue(),
            neuron.origin());
    assertExportRefused(network, changed, "must match their node");
    assertExportRefused(network, neuron.from(null), "must keep their original node");
    String rule = "): origin of neurons must be a graph's node as NirImport writes it, got ";
    assertExportRefused(network, neuron.from("elsewhere"), rule + "elsewhere");
    assertExportRefused(network, neuron.from("null"), "): origin must be given, got null");
    assertExportRefused(network, neuron.from("{\"dialect\": \"norse\"}"), rule);
  }

  private static LinearNeuron neuron(MultiLayerNetwork network) {
    return (LinearNeuron) ((BaseSpikingLayer) network.getLayer(2).conf().getLayer()).getNeuron();
  }

  private static void assertExportRefused(
      MultiLayerNetwork network, LinearNeuron neuron, String reason) {
    var configuration = network.getLayerWiseConfigurations().clone();
    ((BaseSpikingLayer) configuration.getConf(2).getLayer()).setNeuron(neuron);
    MultiLayerNetwork changed = Networks.of(configuration);
    assertRefused(
        NirConversionException.class, () -> NirExport.ofTimeStep(1e-3).export(changed), reason);
  }

  @Test
  void shouldKeepIntegratorsAsTheyWereRead() {
    for (TestIntegrators integrators : TestIntegrators.values()) {
      NirDialect dialect = NirDialect.sinabs().withTimeStep(1e-3);
      NirGraph read = integrators.graph(1);
      MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(read);
      NirGraph graph = NirExport.ofTimeStep(1e-3).export(network);
      assertEquals(read.nodes().get("membranes"), graph.nodes().get("membranes"));
      assertSameBits(network.params(), NirImport.by(dialect).multiLayerNetwork(graph).params());
    }
  }
}
