package org.dl4jsnn.nir.network;

import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.ProgramCase;
import org.dl4jsnn.runtime.SameAsLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that came from another program fire the same spikes in the runtime, bit for bit. */
class ImportedRuntimeTest {

  private static Stream<ProgramCase> cases() throws Exception {
    // A threshold of it is never reached.
    return ImportedExportTest.cases().filter(one -> !one.file().contains("two_lif_neurons"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldFireTheSameSpikes(ProgramCase one) throws Exception {
    ComputationGraph network = NirImport.by(one.settings()).computationGraph(one.graph());
    SameAsLibrary.assertSame(
        network, SameAsLibrary.model(RuntimeExport.inSinglePrecision(), network), features(one));
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadTheSameMembranes(TestIntegrators integrators) throws Exception {
    MultiLayerNetwork network =
        NirImport.by(NirDialect.norse()).multiLayerNetwork(integrators.graph(1.5f));
    SameAsLibrary.assertSame(
        network,
        SameAsLibrary.model(RuntimeExport.inSinglePrecision(), network),
        TestNets.spikes(3, TestNets.SAMPLES, 6, TestNets.STEPS));
  }

  /** What the program was given, [T, …shape], with the minibatch in front and T behind channels. */
  private static INDArray features(ProgramCase one) throws Exception {
    int[] shape = one.inputShape();
    float[] input = one.input();
    int perStep = 1;
    for (int size : shape) {
      perStep *= size;
    }
    int steps = input.length / perStep;
    int positions = perStep / shape[0];
    float[] values = new float[input.length];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < perStep; i++) {
        int channel = i / positions;
        values[(channel * steps + step) * positions + i % positions] = input[step * perStep + i];
      }
    }
    long[] axes =
        shape.length == 1
            ? new long[] {1, shape[0], steps}
            : new long[] {1, shape[0], steps, shape[1], shape[2]};
    return Nd4j.create(values, axes, 'c');
  }
}
