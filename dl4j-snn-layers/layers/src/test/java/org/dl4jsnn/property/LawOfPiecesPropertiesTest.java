package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.simulate.ConstantCurrentEngine;
import org.dl4jsnn.internal.simulate.DenseEngine;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.SimulationEngine;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The law of pieces: a window cut anywhere fires the same spikes and ends in the same state as in
 * one call, bit for bit, whatever the layer, what arrives there, and the engine.
 */
@AddLifecycleHook(Tries.class)
class LawOfPiecesPropertiesTest {

  @Provide
  Arbitrary<LayerCase> layers() {
    return LayerCase.any(Arithmetic.ROUGH);
  }

  /** Steps at which a window is cut, where it is long enough. */
  @Provide
  Arbitrary<Set<Integer>> cuts() {
    return Arbitraries.integers().between(1, 128).set().ofMaxSize(5);
  }

  @Property(tries = 120)
  void shouldFireTheSameInPiecesByPlainKernels(
      @ForAll("layers") LayerCase drawn, @ForAll("cuts") Set<Integer> cuts) {
    check(new EventDrivenEngine(Kernels.named("plain")), drawn, cuts);
  }

  @Property(tries = 120)
  void shouldFireTheSameInPiecesByChosenKernels(
      @ForAll("layers") LayerCase drawn, @ForAll("cuts") Set<Integer> cuts) {
    check(new EventDrivenEngine(Kernels.chosen()), drawn, cuts);
  }

  @Property(tries = 60)
  void shouldFireTheSameInPiecesByDenseOperations(
      @ForAll("layers") LayerCase drawn, @ForAll("cuts") Set<Integer> cuts) {
    check(new DenseEngine(DataType.FLOAT), drawn, cuts);
    if (drawn.input().isConstant()) {
      check(new ConstantCurrentEngine(), drawn, cuts);
    }
  }

  private static void check(SimulationEngine engine, LayerCase drawn, Set<Integer> cuts) {
    SpikeTrain input = drawn.input();
    Synapse synapse = drawn.synapse(DataType.FLOAT);
    int perStep = BitLayout.of(synapse.outputShape()).perStep();
    SimulationResult whole =
        engine.simulate(synapse, drawn.neuron(), NeuronState.atRest(), input, Retention.END);
    float[] totals = new float[whole.spikes().totals().length];
    NeuronState state = NeuronState.atRest();
    int first = 0;
    for (int end : ends(cuts, input.steps())) {
      SpikeTrain arriving = TrainPieces.of(input, first, end);
      SimulationResult piece =
          engine.simulate(synapse, drawn.neuron(), state, arriving, Retention.END);
      for (int sample = 0; sample < input.minibatch(); sample++) {
        assertArrayEquals(
            Arrays.copyOfRange(words(whole, sample), first * perStep, end * perStep),
            words(piece, sample),
            "sample " + sample + ", steps " + first + " to " + end);
      }
      for (int i = 0; i < totals.length; i++) {
        totals[i] += piece.spikes().totals()[i];
      }
      state = piece.end();
      first = end;
    }
    assertArrayEquals(whole.spikes().totals(), totals);
    assertEquals(whole.end(), state);
  }

  private static List<Integer> ends(Set<Integer> cuts, int steps) {
    return Stream.concat(cuts.stream().filter(cut -> cut < steps), Stream.of(steps))
        .sorted()
        .toList();
  }

  private static int[] words(SimulationResult result, int sample) {
    return ((BinarySpikeTrain) result.spikes()).words(sample);
  }
}
