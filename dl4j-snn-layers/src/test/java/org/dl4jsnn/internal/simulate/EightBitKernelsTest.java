package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.internal.host.Kept;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.Spikes;
import org.dl4jsnn.synapse.DenseSynapse;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Eight-bit weights in the vectorised kernels against the plain ones, which have no special case.
 */
@EnabledIf("org.dl4jsnn.internal.kernel.Kernels#vectorModulePresent")
class EightBitKernelsTest {

  /** So many that the spikes of a step overflow half an int, were they all added up in it. */
  private static final FeatureShape INPUT = FeatureShape.vector(2000);

  private static final int SAMPLES = 3;
  private static final int STEPS = 21;

  private final SimulationEngine plain = new EventDrivenEngine(Kernels.named("plain"));
  private final SimulationEngine vector = new EventDrivenEngine(Kernels.named("vector"));

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 20, 33, 64, 100})
  void shouldFireWhatPlainKernelsFire(int outputs) {
    Nd4j.getRandom().setSeed(outputs);
    WeightQuantization eight = WeightQuantization.toBits(8);
    INDArray weights = eight.weights(Nd4j.randn(INPUT.neurons(), outputs).muli(0.05), 1).toArray();
    // Steps with many spikes of large weights of one sign.
    INDArray positive = eight.weights(Nd4j.rand(INPUT.neurons(), outputs).addi(3), 1).toArray();
    // On the grid of the weights.
    INDArray bias = Nd4j.valueArrayOf(outputs, 0.125f);
    SpikeTrain input = RandomTrains.packed(RandomTrains.binary(INPUT, SAMPLES, STEPS, outputs));
    for (SpikingNeuron neuron :
        List.of(
            SpikingNeuron.integrateAndFire(1),
            new SpikingNeuron(1, 1, Reset.bySubtraction(), 0.25),
            new SpikingNeuron(0.75, 1, Reset.to(-0.5), 0),
            // Not multiples of the weights' grid.
            new SpikingNeuron(0.7, 0.9, Reset.bySubtraction(), 0.1))) {
      same(new DenseSynapse(INPUT, weights, null), neuron, input);
      same(new DenseSynapse(INPUT, positive, null), neuron, input);
      same(new DenseSynapse(INPUT, weights, bias), neuron, input);
    }
  }

  private void same(DenseSynapse synapse, SpikingNeuron neuron, SpikeTrain input) {
    for (Kept kept : Kept.values()) {
      SimulationResult expected =
          plain.simulate(synapse, neuron, NeuronState.atRest(), input, kept);
      SimulationResult actual = vector.simulate(synapse, neuron, NeuronState.atRest(), input, kept);
      assertArrayEquals(Spikes.of(expected.spikes()), Spikes.of(actual.spikes()));
      assertTrue(actual.spikes().density() > 0.01, "hardly a spike");
      if (kept == Kept.END) {
        assertEquals(expected.end(), actual.end());
      }
      if (expected.flow() != null) {
        assertTrue(Arrays.deepEquals(expected.flow().gates(), actual.flow().gates()));
      }
    }
  }
}
