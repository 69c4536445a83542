package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.synapse.WeightedHostSynapse;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Weights that are read where they are give the same bits as copied ones. */
class RowCurrentsTest {

  private static final FeatureShape INPUT = FeatureShape.image(3, 4, 5);
  private static final SpikingNeuron NEURON = SpikingNeuron.integrateAndFire(0.5);
  private static final float UNIT = 1f / 32;

  private final KernelProvider kernels = Kernels.named("vector");
  private final PreparedLayer prepared = new PreparedLayer();

  /** Whole numbers of units; all zero for the third output. */
  private static INDArray weights(long seed, int outputs) {
    Random random = new Random(seed);
    INDArray weights = Nd4j.create(DataType.FLOAT, INPUT.neurons(), outputs);
    for (int input = 0; input < INPUT.neurons(); input++) {
      for (int output = 0; output < outputs; output++) {
        weights.putScalar(input, output, output == 2 ? 0 : UNIT * (random.nextInt(41) - 18));
      }
    }
    return weights;
  }

  private static DenseSynapse synapse(INDArray weights, boolean hasBias) {
    INDArray bias = hasBias ? Nd4j.create(DataType.FLOAT, weights.size(1)) : null;
    if (hasBias) {
      bias.addi(3 * UNIT).putScalar(2, 0.3);
    }
    return new DenseSynapse(INPUT, weights, bias);
  }

  /** The weights of a layer that was simulated before. */
  private WeightedHostSynapse known(DenseSynapse synapse, SpikeTrain train) {
    return (WeightedHostSynapse)
        prepared.of(synapse, RecurrentCharge.NONE, NEURON, kernels, train).dropCopy();
  }

  private boolean hasKernelsOfBytes() {
    return !kernels.description().endsWith(" 64 bits");
  }

  private boolean isSummed(DenseSynapse synapse, WeightedHostSynapse known, SpikeTrain train) {
    return RowCurrents.of(synapse, known, NEURON, kernels, train).isPresent();
  }

  private SimulationResult simulate(HostLayers layers, DenseSynapse synapse, SpikeTrain train) {
    return layers.simulateSpikes(
        synapse, RecurrentCharge.NONE, NEURON, kernels, NeuronState.atRest(), train, Retention.END);
  }

  private void assertAsCopied(DenseSynapse synapse, SpikeTrain train) {
    SimulationResult expected = simulate(HostLayers.FRESH, synapse, train);
    SimulationResult actual = simulate(prepared, synapse, train);
    assertArrayEquals(Spikes.of(expected.spikes()), Spikes.of(actual.spikes()));
    assertEquals(expected.end(), actual.end());
  }

  static Stream<Arguments> layers() {
    return Stream.of(64, 70, 100)
        .flatMap(outputs -> Stream.of(1, 3, 8).map(steps -> Arguments.of(outputs, steps)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldGiveTheBitsOfCopiedWeights(int outputs, int steps) {
    for (boolean hasBias : new boolean[] {false, true}) {
      DenseSynapse synapse = synapse(weights(outputs, outputs), hasBias);
      SpikeTrain first = RandomTrains.binary(INPUT, 1, steps, 1);
      simulate(prepared, synapse, first);
      WeightedHostSynapse known = known(synapse, first);
      for (int seed = 2; seed < 12; seed++) {
        SpikeTrain train = RandomTrains.sparse(INPUT, 1, steps, seed);
        synapse.weights().assign(weights(seed, outputs)); // not compared with prepared ones
        assertEquals(hasKernelsOfBytes(), isSummed(synapse, known, train));
        assertAsCopied(synapse, train);
      }
    }
  }

  private static int firstInput(SpikeTrain train) {
    SpikeEvents events = new SpikeEvents(INPUT);
    train.read(0, 0, events);
    return INPUT.arrayIndex(events.neuron(0));
  }

  /** Half a unit; one more than the check can tell; large weights; also in a column of zeros. */
  @ParameterizedTest
  @ValueSource(floats = {0.5f * UNIT, -(1 << 22) * UNIT - 0.5f * UNIT, 1 << 19, 1e30f})
  void shouldNotSumWeightsWhoseSumsMayBeRounded(float weight) {
    SpikeTrain train = RandomTrains.binary(INPUT, 1, 4, 1);
    for (int output : new int[] {0, 2, 66, 69}) {
      DenseSynapse synapse = synapse(weights(1, 70), true);
      simulate(prepared, synapse, train);
      WeightedHostSynapse known = known(synapse, train);
      synapse.weights().putScalar(firstInput(train), output, weight);
      assertFalse(isSummed(synapse, known, train));
      assertAsCopied(synapse, train);
    }
  }

  /** Its bias need not be a multiple of any unit. */
  @Test
  void shouldNotSumWeightsOfAnOutputThatHadNone() {
    SpikeTrain train = RandomTrains.binary(INPUT, 1, 4, 1);
    DenseSynapse synapse = synapse(weights(1, 70), true);
    simulate(prepared, synapse, train);
    WeightedHostSynapse known = known(synapse, train);
    synapse.weights().getColumn(2).assign(1);
    assertFalse(isSummed(synapse, known, train));
    assertAsCopied(synapse, train);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void shouldRefuseWeightsThatAreNotFinite(float weight) {
    SpikeTrain train = RandomTrains.binary(INPUT, 1, 4, 1);
    DenseSynapse synapse = synapse(weights(1, 70), false);
    simulate(prepared, synapse, train);
    synapse.weights().getColumn(3).assign(weight);
    assertThrows(IllegalArgumentException.class, () -> simulate(prepared, synapse, train));
  }

  @Test
  void shouldLeaveOtherInputsToPreparedWeights() {
    DenseSynapse synapse = synapse(weights(1, 70), false);
    SpikeTrain first = RandomTrains.binary(INPUT, 1, 4, 1);
    simulate(prepared, synapse, first);
    WeightedHostSynapse known = known(synapse, first);
    for (SpikeTrain train :
        new SpikeTrain[] {
          RandomTrains.binary(INPUT, 2, 4, 1),
          RandomTrains.binary(INPUT, 1, 9, 1),
          RandomTrains.graded(INPUT, 1, 4, 1),
          RandomTrains.constant(INPUT, 1, 4, 1)
        }) {
      assertFalse(isSummed(synapse, known, train));
      assertAsCopied(synapse, train);
    }
  }
}
