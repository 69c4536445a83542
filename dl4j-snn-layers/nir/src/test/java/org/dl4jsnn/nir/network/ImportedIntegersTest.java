package org.dl4jsnn.nir.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirResources;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that came from another program become whole numbers, as networks of this library do. */
class ImportedIntegersTest {

  private static Stream<NirDialect> dialects() {
    return Stream.of(
        NirDialect.norse(),
        NirDialect.norse().withResetBySubtraction(),
        NirDialect.sinabs().withTimeStep(1e-3),
        NirDialect.sinabs().withTimeStep(1e-3).withResetToValue());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void shouldFireAlmostAsTheImportedNetworkDoes(NirDialect dialect) throws Exception {
    MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(TestGraphs.DENSE.graph());
    // Sums of the graph's weights often are the threshold, where rounding decides.
    INDArray parameters = network.params();
    parameters.muli(
        Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(5), parameters.shape())
            .muli(0.1)
            .addi(0.95));
    MultiLayerNetwork chip = IntegerQuantization.toBits(16).quantize(network).network();
    INDArray features = TestNets.spikes(4, 20, 6, TestNets.STEPS);
    Map<String, float[][][]> expected = TestNets.fired(network, features);
    TestNets.requireSpikes(expected.get("lif2"));
    for (String layer : new String[] {"if1", "lif2"}) {
      assertAlmostSame(expected.get(layer), TestNets.fired(chip, features).get(layer), layer);
    }
  }

  /** Except for one in a thousand neurons and steps. */
  private static void assertAlmostSame(float[][][] expected, float[][][] found, String layer) {
    int compared = 0;
    int different = 0;
    for (int sample = 0; sample < expected.length; sample++) {
      for (int step = 0; step < expected[sample].length; step++) {
        for (int i = 0; i < expected[sample][step].length; i++) {
          compared++;
          different += expected[sample][step][i] != found[sample][step][i] ? 1 : 0;
        }
      }
    }
    assertTrue(different <= compared / 1000, layer + ": " + different + " of " + compared);
  }

  /** Its neurons never fall below minus the threshold, and fire where they reach it. */
  @Test
  void shouldMakeWholeNumbersOfThePapersNetwork() throws Exception {
    MultiLayerNetwork network =
        NirImport.by(NirDialect.sinabs())
            .multiLayerNetwork(NirResources.graph("paper/cnn_sinabs.nir"));
    MultiLayerNetwork chip = IntegerQuantization.toBits(16).quantize(network).network();
    INDArray features =
        Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), new long[] {1, 2, 20, 34, 34})
            .gt(0.97)
            .castTo(DataType.FLOAT);
    Map<String, float[][][]> expected = TestNets.fired(network, features);
    Map<String, float[][][]> found = TestNets.fired(chip, features);
    for (String layer : new String[] {"1", "3", "6", "10"}) {
      assertAlmostSame(expected.get(layer), found.get(layer), layer);
    }
  }

  @Test
  void shouldRefuseByNameWhatWholeNumbersCannotDo() {
    for (NirDialect dialect :
        List.of(
            NirDialect.snnTorch().withTimeStep(1e-3),
            NirDialect.snnTorch().withTimeStep(1e-3).withLateReset(),
            NirDialect.exact().withTimeStep(1))) {
      MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(TestGraphs.DENSE.graph());
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> IntegerQuantization.toBits(8).quantize(network))
              .getMessage();
      assertTrue(message.startsWith("layer 'if1' (SpikingDense): linear neurons must"), message);
      assertTrue(message.contains("got the reset "), message);
    }
  }

  private static final int STEPS = 40;
  private static final int BETWEEN = 10;
  private static final NirTensor ONE = NirTensor.full(new int[] {1}, 1);
  private static final NirTensor NONE = NirTensor.full(new int[] {1}, 0);

  @Test
  void shouldFireAtEveryInputThatReachesTheThreshold() throws Exception {
    NirTensor tau = NirTensor.full(new int[] {1}, 0.01f);
    NirDialect dialect = NirDialect.sinabs().withTimeStep(1e-3).withResetToValue();
    assertFiresAtEveryInput(dialect, new NirNeurons.LIF(tau, ONE, NONE, ONE, NONE));
  }

  @Test
  void shouldFireWhereTheThresholdIsSubtracted() throws Exception {
    assertFiresAtEveryInput(NirDialect.sinabs(), new NirNeurons.IF(ONE, ONE, NONE));
  }

  /** Neurons that fire when a membrane just reaches the threshold. */
  private static void assertFiresAtEveryInput(NirDialect dialect, NirNode neuron) throws Exception {
    NirGraph graph =
        new GraphBuilder()
            .node("input", new NirPlumbing.Input(1))
            .node("weights", new NirWeights.Linear(NirTensor.full(new int[] {1, 1}, 1)), "input")
            .node("neuron", neuron, "weights")
            .node("output", new NirPlumbing.Output(1), "neuron")
            .build();
    MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(graph);
    INDArray features = Nd4j.zeros(1, 1, STEPS);
    for (int step = 0; step < STEPS; step += BETWEEN) {
      features.putScalar(new int[] {0, 0, step}, 1);
    }
    MultiLayerNetwork chip = IntegerQuantization.toBits(8).quantize(network).network();
    float[][][] fired = TestNets.fired(network, features).get("neuron");
    int spikes = 0;
    for (float[] step : fired[0]) {
      spikes += (int) step[0];
    }
    assertEquals(STEPS / BETWEEN, spikes);
    assertArrayEquals(fired, TestNets.fired(chip, features).get("neuron"));
  }
}
