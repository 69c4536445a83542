package org.dl4jsnn.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.nir.network.GraphBuilder;
import org.junit.jupiter.api.Test;

/** The exact dialect beside solutions of the equations. */
class ExactDialectTest {

  private static final int[] ONE = {1};
  private static final double DT = 1e-3;

  @Test
  void shouldSolveTheNeuronOfThePaper() throws IOException {
    List<String> lines = Files.readAllLines(NirResources.path("paper/lif_exact.csv"));
    NirGraph graph = NirResources.graph("paper/lif_norse.nir");
    NirSimulation spiking = NirSimulation.of(graph, NirDialect.exact());
    for (int step = 0; step < lines.size(); step++) {
      String[] row = lines.get(step).split(",");
      float spike = spiking.step(Float.parseFloat(row[0]))[0];
      assertEquals(Float.parseFloat(row[2]), spike, "spike at step " + step);
    }
  }

  @Test
  void shouldFollowTheMembraneOfThePaper() throws IOException {
    List<String> lines = Files.readAllLines(NirResources.path("paper/lif_exact.csv"));
    NirNeurons.LIF lif =
        (NirNeurons.LIF) NirResources.graph("paper/lif_norse.nir").nodes().get("1");
    NeuronStep neurons = new NeuronStep(NirDialect.exact().simulated("1", lif, ignored -> {}), ONE);
    for (int step = 0; step < lines.size(); step++) {
      String[] row = lines.get(step).split(",");
      neurons.step(new float[] {Float.parseFloat(row[0])}, new float[1]);
      assertEquals(Double.parseDouble(row[1]), neurons.membrane()[0], 1e-6, "step " + step);
    }
  }

  @Test
  void shouldSolveASynapticCurrentOfAnyTimeConstants() {
    for (double tauSynapse : new double[] {0.5 * DT, 3 * DT, 4 * DT, 20 * DT}) {
      double tauMembrane = 4 * DT;
      NirSimulation simulation =
          simulation(
              new NirNeurons.CubaLI(
                  tensor(tauSynapse), tensor(tauMembrane), tensor(3), tensor(0.5), tensor(2)),
              NirDialect.exact().withTimeStep(DT));
      Random random = new Random(5);
      double current = 0;
      double membrane = 0.5;
      for (int step = 0; step < 50; step++) {
        float input = random.nextInt(3);
        int parts = 20_000;
        double dt = DT / parts;
        for (int i = 0; i < parts; i++) {
          // The rule of the mid point.
          double middle = current + dt / 2 * (2 * input - current) / tauSynapse;
          double half = membrane + dt / 2 * (0.5 - membrane + 3 * current) / tauMembrane;
          current += dt * (2 * input - middle) / tauSynapse;
          membrane += dt * (0.5 - half + 3 * middle) / tauMembrane;
        }
        assertEquals(membrane, simulation.step(input)[0], 1e-4, "step " + step);
      }
    }
  }

  @Test
  void shouldKeepTheRateOfAConstantInputWhateverTheTimeStep() {
    NirNeurons.LIF lif =
        new NirNeurons.LIF(tensor(0.02), tensor(2), tensor(0), tensor(1), tensor(0));
    double period = 0.02 * Math.log(2 * 0.8 / (2 * 0.8 - 1));
    for (double dt : new double[] {1e-4, 1e-3, 3e-3}) {
      NirSimulation simulation = simulation(lif, NirDialect.exact().withTimeStep(dt));
      double seconds = 6;
      int spikes = 0;
      for (int step = 0; step < Math.round(seconds / dt); step++) {
        spikes += (int) simulation.step(0.8f)[0];
      }
      assertTrue(Math.abs(spikes - seconds / period) <= 1.5, dt + " s: " + spikes);
    }
  }

  private static NirTensor tensor(double value) {
    return NirTensor.ofDoubles(ONE, value);
  }

  private static NirSimulation simulation(NirNeurons node, NirDialect dialect) {
    return NirSimulation.of(
        GraphBuilder.chain(new NirPlumbing.Input(1), node, new NirPlumbing.Output(1)), dialect);
  }
}
