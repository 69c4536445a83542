package org.dl4jsnn.nir.network;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirFiles;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirSimulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Integrators with different time constants and synaptic currents, in and out of networks. */
class NirIntegratorsTest {

  private static final double MILLISECOND = 1e-3;
  private static final float TOLERANCE = 1e-5f;
  private static final double[] LEAKS = {0.75, 0, 0.9375};
  private static final double[] DECAYS = {0.5, 0.875, 0};

  private static Stream<Arguments> dialects() {
    return Stream.of(TestIntegrators.values())
        .flatMap(
            integrators ->
                Stream.of(
                        NirDialect.norse(),
                        NirDialect.snnTorch(),
                        NirDialect.sinabs(),
                        NirDialect.spikingJelly(),
                        NirDialect.exact())
                    .map(dialect -> dialect.withTimeStep(MILLISECOND))
                    .filter(dialect -> maps(integrators, dialect))
                    .map(dialect -> Arguments.of(integrators, dialect)));
  }

  /** {@link NirRefusalsTest} has what does not. */
  private static boolean maps(TestIntegrators integrators, NirDialect dialect) {
    return integrators == TestIntegrators.LEAKY || !dialect.name().equals("exact");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("dialects")
  void shouldReadTheCourseThatTheDialectGivesAlsoInPieces(
      TestIntegrators integrators, NirDialect dialect) {
    // Norse ignores r of LI, sinabs wants it to be 1.
    NirGraph graph = integrators.graph(dialect.name().equals("sinabs") ? 1 : 1.5f);
    MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(graph);
    INDArray features = TestNets.spikes(3, TestNets.SAMPLES, 6, TestNets.STEPS);
    INDArray course = network.output(features);
    requireSimulated(NirSimulation.of(graph, dialect), features, course);
    int first = 0;
    for (int end : new int[] {1, 6, TestNets.STEPS}) {
      INDArray piece = network.rnnTimeStep(features.get(all(), all(), interval(first, end)).dup());
      assertEquals(course.get(all(), all(), interval(first, end)).dup(), piece);
      first = end;
    }
  }

  private static void requireSimulated(
      NirSimulation simulation, INDArray features, INDArray course) {
    double largest = 0;
    for (int sample = 0; sample < features.size(0); sample++) {
      simulation.reset();
      for (int step = 0; step < TestNets.STEPS; step++) {
        float[] expected = simulation.step(NirImportTest.frame(features, sample, step));
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], course.getFloat(sample, i, step), TOLERANCE, "step " + step);
          largest = Math.max(largest, Math.abs(expected[i]));
        }
      }
    }
    assertTrue(largest > 0.1, "silent: " + largest);
  }

  private static Stream<LeakyReadOut.Builder> readOuts() {
    return Stream.of(
        new LeakyReadOut.Builder().leaks(LEAKS),
        new LeakyReadOut.Builder().leaks(LEAKS).synapticDecay(0.875),
        new LeakyReadOut.Builder().leak(0.75).synapticDecay(DECAYS),
        new LeakyReadOut.Builder().leak(0.9).synapticDecay(0.7).hasBias(true));
  }

  private static MultiLayerNetwork network(LeakyReadOut.Builder readOut) {
    return TestNets.chain(
        InputType.recurrent(6),
        new SpikingDense.Builder().nOut(9).leak(0.875).build(),
        readOut.nOut(3).reads(MembraneReadOut.COURSE).name("membranes").build(),
        new RnnLossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build());
  }

  @ParameterizedTest
  @MethodSource("readOuts")
  void shouldGiveTheSameNetworkBackFromAFile(LeakyReadOut.Builder readOut, @TempDir Path folder)
      throws Exception {
    MultiLayerNetwork network = network(readOut);
    Path file = folder.resolve("readout.nir");
    NirFiles.write(NirExport.ofTimeStep(MILLISECOND).export(network), file);
    MultiLayerNetwork back = NirRestore.defaults().multiLayerNetwork(NirFiles.read(file));
    assertEquals(network.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
    assertSameBits(network.params(), back.params());
  }

  @ParameterizedTest
  @MethodSource("readOuts")
  void shouldAnswerTheSameWhereAnotherProgramReadsIt(LeakyReadOut.Builder readOut) {
    MultiLayerNetwork network = network(readOut);
    NirDialect dialect = NirDialect.snnTorch().withTimeStep(MILLISECOND);
    NirGraph graph =
        NirExportTest.withoutMetadata(NirExport.ofTimeStep(MILLISECOND).export(network));
    INDArray features = TestNets.spikes(1, TestNets.SAMPLES, 6, TestNets.STEPS);
    INDArray course = network.output(features);
    requireSimulated(NirSimulation.of(graph, dialect), features, course);
    INDArray imported = NirImport.by(dialect).multiLayerNetwork(graph).output(features);
    assertTrue(course.equalsWithEps(imported, TOLERANCE), course + " " + imported);
  }

  @Test
  void shouldWriteParametersOfEveryNeuron() {
    NirGraph graph =
        NirExport.ofTimeStep(MILLISECOND)
            .export(network(new LeakyReadOut.Builder().leak(0.75).synapticDecay(DECAYS)));
    NirNeurons.CubaLI node =
        assertInstanceOf(NirNeurons.CubaLI.class, graph.nodes().get("membranes"));
    for (var parameter :
        List.of(node.tauSynapse(), node.tauMembrane(), node.r(), node.leak(), node.inputWeight())) {
      assertArrayEquals(new int[] {3}, parameter.shape());
    }
    assertArrayEquals(new float[] {0.002f, 0.008f, 0.001f}, node.tauSynapse().values(), 1e-9f);
    assertTrue(Arrays.equals(new float[3], node.leak().values()));
  }

  @Test
  void shouldMakeOneLeakOfTimeConstantsThatAreTheSame() {
    MultiLayerNetwork network =
        network(new LeakyReadOut.Builder().leaks(0.75, 0.75, 0.75).synapticDecay(0.5));
    NirGraph graph = NirExport.ofTimeStep(MILLISECOND).export(network);
    MultiLayerNetwork imported =
        NirImport.by(NirDialect.snnTorch().withTimeStep(MILLISECOND)).multiLayerNetwork(graph);
    LeakyReadOut readOut = (LeakyReadOut) imported.getLayer(2).conf().getLayer();
    assertArrayEquals(new double[] {0.75}, readOut.getLeaks());
    assertArrayEquals(new double[] {0.5}, readOut.getSynapticDecay().orElseThrow());
  }

  /** Next to the same integrators whose weights contain the gains. */
  @Test
  void shouldLearnThroughTheGainsOfTheirNode() {
    double[] gains = {0.5, 2, 0.25};
    String node =
        "{\"dialect\":\"norse\",\"timeStep\":0.001,\"type\":\"I\",\"parameters\":{},\"doubles\":[]}";
    LeakyReadOut.Builder kept = new LeakyReadOut.Builder().leaks(LEAKS).hasBias(true);
    LeakyReadOut.Builder plain = new LeakyReadOut.Builder().leaks(LEAKS).hasBias(true);
    MultiLayerNetwork withGains = network(kept.origin(node, gains));
    MultiLayerNetwork without = network(plain);
    INDArray factors = Nd4j.createFromArray(0.5f, 2f, 0.25f);
    without.setParams(withGains.params());
    for (String name : List.of("2_W", "2_b")) {
      INDArray parameter = without.getParam(name);
      parameter.muli(
          parameter.rank() == 1 ? factors : factors.reshape(1, 3).broadcast(parameter.shape()));
    }
    INDArray features = TestNets.spikes(1, TestNets.SAMPLES, 6, TestNets.STEPS);
    INDArray labels = TestNets.spikes(2, TestNets.SAMPLES, 3, TestNets.STEPS);
    assertSameBits(without.output(features), withGains.output(features));
    for (MultiLayerNetwork network : List.of(withGains, without)) {
      Networks.backprop(network, features, labels);
    }
    for (String name : List.of("2_W", "2_b")) {
      INDArray expected = without.gradient().getGradientFor(name).dup('c');
      expected.muli(
          expected.rank() == 1 ? factors : factors.reshape(1, 3).broadcast(expected.shape()));
      assertTrue(expected.norm1Number().doubleValue() > 0, name);
      assertTrue(
          expected.equalsWithEps(withGains.gradient().getGradientFor(name), TOLERANCE), name);
    }
    assertTrue(
        without
            .gradient()
            .getGradientFor("1_W")
            .equalsWithEps(withGains.gradient().getGradientFor("1_W"), TOLERANCE));
  }
}
