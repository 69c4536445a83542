package org.dl4jsnn.nir.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirResources;
import org.dl4jsnn.nir.NirSimulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The files of the NIR paper as networks, beside their simulation. */
class NirPaperFilesTest {

  private static final int STEPS = 200;

  @ParameterizedTest
  @CsvSource({
    "lif_norse, norse, false",
    "lif_rockpool, exact, false",
    "two_lif_neurons, norse, false",
    "braille_noDelay_bias_zero, snntorch, false",
    "braille_noDelay_noBias_subtract, snntorch, true"
  })
  void shouldFireAsTheirSimulationDoes(String name, String dialectName, boolean subtracts)
      throws Exception {
    NirGraph graph = NirResources.graph("paper/" + name + ".nir");
    NirDialect dialect = NirDialect.named(dialectName);
    dialect = subtracts ? dialect.withResetBySubtraction() : dialect.withResetToValue();
    if (name.startsWith("lif_") || name.startsWith("two")) {
      dialect = dialect.withTimeStep(1e-4);
    }
    MultiLayerNetwork network = NirImport.by(dialect).multiLayerNetwork(graph);
    NirSimulation simulation = NirSimulation.of(graph, dialect);
    int inputs = simulation.inputShape()[0];
    INDArray features = Nd4j.zeros(1, inputs, STEPS);
    Random random = new Random(7);
    for (int i = 0; i < features.length(); i++) {
      features.putScalar(i, inputs == 1 ? random.nextInt(4) : random.nextInt(2));
    }
    Map<String, float[][][]> fired = TestNets.fired(network, features);
    int spikes = 0;
    int differences = 0;
    for (int step = 0; step < STEPS; step++) {
      simulation.step(NirImportTest.frame(features, 0, step));
      for (Map.Entry<String, float[][][]> layer : fired.entrySet()) {
        float[] expected = simulation.output(layer.getKey());
        float[] found = layer.getValue()[0][step];
        for (int i = 0; i < found.length && !layer.getKey().startsWith("in"); i++) {
          spikes += expected[i] != 0 ? 1 : 0;
          differences += expected[i] != found[i] ? 1 : 0;
        }
      }
    }
    assertTrue(spikes > 0, "spikes");
    assertEquals(0, differences, "of " + spikes);
  }

  @Test
  void shouldFireOncePerStepWhereSinabsFiresSeveralTimes() throws Exception {
    NirGraph graph = NirResources.graph("paper/cnn_sinabs.nir");
    MultiLayerNetwork network = NirImport.by(NirDialect.sinabs()).multiLayerNetwork(graph);
    INDArray features =
        Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(1), new long[] {1, 2, 20, 34, 34})
            .gt(0.97)
            .castTo(DataType.FLOAT);
    Map<String, float[][][]> fired = TestNets.fired(network, features);
    for (String layer : new String[] {"1", "3", "6", "10", "12"}) {
      float most = 0;
      for (float[] step : fired.get(layer)[0]) {
        for (float value : step) {
          most = Math.max(most, value);
        }
      }
      assertEquals(1, most, "layer " + layer);
    }
  }
}
