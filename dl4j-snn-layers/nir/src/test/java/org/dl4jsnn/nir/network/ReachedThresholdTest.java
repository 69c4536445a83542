package org.dl4jsnn.nir.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Neurons that fire when a membrane just reaches the threshold, as whole numbers. */
class ReachedThresholdTest {

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
