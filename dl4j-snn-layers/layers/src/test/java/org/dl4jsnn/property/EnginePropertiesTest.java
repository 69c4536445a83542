package org.dl4jsnn.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.simulate.ConstantCurrentEngine;
import org.dl4jsnn.internal.simulate.DenseEngine;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.SimulationEngine;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;

/** Engines and kernels fire the same spikes for any layer and any input. */
@AddLifecycleHook(Tries.class)
class EnginePropertiesTest {

  private static final EventDrivenEngine PLAIN = new EventDrivenEngine(Kernels.named("plain"));
  private static final EventDrivenEngine CHOSEN = new EventDrivenEngine(Kernels.chosen());

  @Provide
  Arbitrary<LayerCase> exact() {
    return LayerCase.any(Arithmetic.EXACT);
  }

  @Provide
  Arbitrary<LayerCase> rough() {
    return LayerCase.any(Arithmetic.ROUGH);
  }

  /** Weights up to the end of single precision. */
  @Provide
  Arbitrary<LayerCase> extreme() {
    return LayerCase.with(
        Arbitraries.of(Arithmetic.class),
        Arbitraries.of(1e-44, 1e-30, 1e25, 1e30, 1e35, 1e36, 1e37, 3e37, 1e38, 3e38));
  }

  @Property(tries = 120)
  void shouldFireTheSameInAllEnginesWhereSumsAreExact(@ForAll("exact") LayerCase drawn) {
    SpikeTrain input = drawn.input();
    SpikeTrain expected = PLAIN.simulate(drawn.synapse(DataType.FLOAT), drawn.neuron(), input);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      assertSame(
          expected, new DenseEngine(type).simulate(drawn.synapse(type), drawn.neuron(), input));
    }
    if (input.isConstant()) {
      SimulationEngine constant = new ConstantCurrentEngine();
      assertSame(expected, constant.simulate(drawn.synapse(DataType.FLOAT), drawn.neuron(), input));
    }
  }

  @Property(tries = 120)
  void shouldFireTheSameInAllEnginesButForRounding(@ForAll("rough") LayerCase drawn) {
    Synapse synapse = drawn.synapse(DataType.FLOAT);
    SpikeTrain input = drawn.input();
    SpikeTrain event = PLAIN.simulate(synapse, drawn.neuron(), input);
    Rounding rounding = new Rounding(drawn, input, event.shape());
    SimulationEngine dense = new DenseEngine(DataType.FLOAT);
    assertNull(rounding.difference(synapse, event, dense.simulate(synapse, drawn.neuron(), input)));
    if (input.isConstant()) {
      SimulationEngine constant = new ConstantCurrentEngine();
      assertNull(
          rounding.difference(synapse, event, constant.simulate(synapse, drawn.neuron(), input)));
    }
  }

  @Property(tries = 250)
  void shouldFireTheSameInAllKernels(@ForAll("rough") LayerCase drawn) {
    Synapse synapse = drawn.synapse(DataType.FLOAT);
    SpikeTrain input = drawn.input();
    assertSame(
        PLAIN.simulate(synapse, drawn.neuron(), input),
        CHOSEN.simulate(synapse, drawn.neuron(), input));
  }

  @Property(tries = 120)
  void shouldEndTheSameInAllEnginesAndKernelsWhateverTheWeights(
      @ForAll("extreme") LayerCase drawn) {
    SpikeTrain input = drawn.input();
    Ending expected = Ending.of(PLAIN, drawn, input);
    Ending.of(CHOSEN, drawn, input).assertEquals(expected);
    if (expected.isRefusal()) {
      Ending.of(new DenseEngine(DataType.FLOAT), drawn, input).assertEquals(expected);
      Ending.of(new DenseEngine(DataType.DOUBLE), drawn, input).assertEquals(expected);
      if (input.isConstant()) {
        Ending.of(new ConstantCurrentEngine(), drawn, input).assertEquals(expected);
      }
    }
  }

  /** Thresholds that a membrane reaches exactly, or by a single unit in the last place. */
  @Property(tries = 200)
  void shouldRoundTheSameInAllKernels(@ForAll("rough") LayerCase drawn) {
    Synapse synapse = drawn.synapse(DataType.FLOAT);
    SpikeTrain input = drawn.input();
    // ND4J's convolutions have their own order of additions.
    Assume.that(!input.isConstant() || synapse.outputShape().positions() == 1);
    Optional<Tie> found = Tie.find(synapse, drawn.neuron(), input, drawn.seed());
    Assume.that(found.isPresent());
    Tie tie = found.get();
    SpikingNeuron at = drawn.neuronWithThreshold(tie.membrane());
    SpikingNeuron below = drawn.neuronWithThreshold(Math.nextDown(tie.membrane()));
    SpikeTrain silent = replayed(input).simulate(synapse, at, input);
    SpikeTrain firing = replayed(input).simulate(synapse, below, input);
    assertFalse(fires(silent, tie), "at the threshold");
    assertTrue(fires(firing, tie), "above the threshold");
    assertSame(PLAIN.simulate(synapse, at, input), CHOSEN.simulate(synapse, at, input));
    assertSame(PLAIN.simulate(synapse, below, input), CHOSEN.simulate(synapse, below, input));
    if (!synapse.isWeighted() && input.unitSpikes()) {
      // Sums of spikes are exact, and both divide them.
      SimulationEngine dense = new DenseEngine(DataType.FLOAT);
      assertSame(PLAIN.simulate(synapse, at, input), dense.simulate(synapse, at, input));
    }
  }

  /** The engine whose sums are those of a replay: a constant current is summed up once. */
  private static SimulationEngine replayed(SpikeTrain input) {
    return input.isConstant() ? new ConstantCurrentEngine() : PLAIN;
  }

  private static boolean fires(SpikeTrain train, Tie tie) {
    SpikeEvents events = new SpikeEvents(train.shape());
    train.read(0, tie.step(), events);
    return IntStream.range(0, events.size()).anyMatch(e -> events.neuron(e) == tie.neuron());
  }

  static void assertSame(SpikeTrain expected, SpikeTrain actual) {
    for (int sample = 0; sample < expected.minibatch(); sample++) {
      assertArrayEquals(
          ((BinarySpikeTrain) expected).words(sample),
          ((BinarySpikeTrain) actual).words(sample),
          "spikes of sample " + sample);
    }
    assertArrayEquals(expected.totals(), actual.totals(), "totals");
  }
}
