package org.dl4jsnn.nir.network;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.junit.jupiter.api.Test;

/** Networks of whole numbers as graphs. */
class IntegerExportTest {

  private static final double MILLISECOND = 1e-3;

  @Test
  void shouldWriteSynapticCurrentsInWholeNumbers() throws Exception {
    MultiLayerNetwork trained =
        TestNets.chain(
            InputType.recurrent(6),
            new SpikingDense.Builder()
                .nOut(9)
                .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.4, 0.9), 0.75))
                .build(),
            TestNets.output(3));
    MultiLayerNetwork chip = IntegerQuantization.toBits(8).quantize(trained).network();
    NirGraph graph = NirExport.ofTimeStep(MILLISECOND).export(chip);
    NirNeurons.CubaLIF node =
        graph.nodes().values().stream()
            .filter(NirNeurons.CubaLIF.class::isInstance)
            .map(NirNeurons.CubaLIF.class::cast)
            .findFirst()
            .orElseThrow();
    // (68): τ = dt / (1 − β), and β = 3072 / 4096.
    assertEquals(MILLISECOND / 0.25, node.tauSynapse().values()[0], 1e-8);
    float threshold = node.threshold().values()[0];
    assertEquals(Math.rint(threshold), threshold);
    MultiLayerNetwork restored = NirRestore.defaults().multiLayerNetwork(graph);
    assertSameBits(chip.params(), restored.params());
    assertEquals(
        chip.getLayer(1).conf().getLayer(), restored.getLayer(1).conf().getLayer(), "neurons");
  }
}
