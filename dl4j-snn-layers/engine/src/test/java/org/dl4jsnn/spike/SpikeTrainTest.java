package org.dl4jsnn.spike;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of train compared with its events, read one by one. */
class SpikeTrainTest {

  private static final FeatureShape SHAPE = FeatureShape.image(2, 1, 3);
  private static final float[] CURRENT = {0, 1, 0, -2, 0, 0.5f, 1, 1, 1, 1, 1, 1};

  private static List<String> events(SpikeTrain train, int sample, int step) {
    SpikeEvents events = new SpikeEvents(train.shape());
    events.add(0, 0, 99); // what was read before is forgotten
    train.read(sample, step, events);
    List<String> told = new ArrayList<>();
    for (int e = 0; e < events.size(); e++) {
      assertEquals(
          events.position(e) * train.shape().channels() + events.channel(e), events.neuron(e));
      told.add(events.position(e) + "/" + events.channel(e) + " " + events.amplitude(e));
    }
    return told;
  }

  private static EventSpikeTrain signed() {
    // Without amplitudes, the complement of a neuron's index is a spike of -1.
    var first = new EventSpikeTrain.Sample(new int[] {0, 2, 3}, new int[] {0, ~3, 5}, null);
    var second = new EventSpikeTrain.Sample(new int[] {0, 0, 1}, new int[] {~0}, null);
    float[] totals = {1, 0, 0, 0, -1, 1, -1, 0, 0, 0, 0, 0};
    return new EventSpikeTrain(
        SHAPE, 2, new EventSpikeTrain.Sample[] {first, second}, false, totals);
  }

  private static EventSpikeTrain graded() {
    var sample =
        new EventSpikeTrain.Sample(
            new int[] {0, 1, 3}, new int[] {2, 1, 4}, new float[] {0.5f, -3, 2});
    float[] totals = {0, 0.5f, 2, -3, 0, 0};
    return new EventSpikeTrain(SHAPE, 2, new EventSpikeTrain.Sample[] {sample}, false, totals);
  }

  private static BinarySpikeTrain binary() {
    FeatureShape shape = FeatureShape.image(40, 2, 2);
    BitLayout layout = BitLayout.of(shape);
    int[] words = layout.words(2);
    words[layout.plane(0, 0) + layout.placeOfRow(1) + layout.placeOfColumn(0)] = 1 << 31 | 1 << 3;
    words[layout.plane(1, 39) + layout.placeOfRow(0) + layout.placeOfColumn(1)] = 1 << 7;
    return new BinarySpikeTrain(shape, 2, new int[][] {words});
  }

  @Test
  void shouldReadSignedEvents() {
    SpikeTrain train = signed();
    assertEquals(List.of("0/0 1.0", "1/1 -1.0"), events(train, 0, 0));
    assertEquals(List.of("2/1 1.0"), events(train, 0, 1));
    assertEquals(List.of(), events(train, 1, 0));
    assertEquals(List.of("0/0 -1.0"), events(train, 1, 1));
    assertEquals(SHAPE, train.shape());
    assertEquals(2, train.minibatch());
    assertEquals(2, train.steps());
    assertEquals(4.0 / 2 / 12, train.density());
    assertEquals(1, train.amplitudeBound());
    assertFalse(train.unitSpikes());
    assertFalse(train.isConstant());
  }

  @Test
  void shouldReadGradedEvents() {
    EventSpikeTrain train = graded();
    assertEquals(List.of("1/0 0.5"), events(train, 0, 0));
    assertEquals(List.of("0/1 -3.0", "2/0 2.0"), events(train, 0, 1));
    assertEquals(3, train.amplitudeBound());
    assertEquals(3.0 / 2 / 6, train.density());
    assertArrayEquals(new float[] {0, 0.5f, 2, -3, 0, 0}, train.totals());
    assertArrayEquals(new int[] {2, 1, 4}, train.sample(0).neurons());
  }

  @ParameterizedTest
  @MethodSource("wrongEvents")
  void shouldRefuseEventsThatDoNotFit(
      boolean unitSpikes, EventSpikeTrain.Sample sample, String rule) {
    assertRefused(
        IllegalArgumentException.class,
        () ->
            new EventSpikeTrain(
                SHAPE, 2, new EventSpikeTrain.Sample[] {sample}, unitSpikes, new float[6]),
        rule);
  }

  static Stream<Arguments> wrongEvents() {
    return Stream.of(
        wrong(true, "firstOfStep must be 3 numbers from 0 to", new int[] {0, 1}, 1),
        wrong(true, "got none in sample 0", new int[0], 1),
        wrong(true, "got 3 from 0 to 2", new int[] {0, 1, 2}, 1),
        wrong(true, "must not decrease, got 1 after 2", new int[] {0, 2, 1}, 1),
        wrong(true, "to at most 5, got 6 after 2 in step 1", new int[] {0, 0, 2}, 2, 6),
        wrong(true, "must increase", new int[] {0, 2, 2}, 3, 3),
        wrong(true, "got -3 first in step 0, which stands for", new int[] {0, 1, 1}, ~2),
        wrong(false, "must increase", new int[] {0, 2, 2}, 3, ~3),
        Arguments.of(
            false,
            new EventSpikeTrain.Sample(new int[] {0, 0, 1}, new int[] {1}, new float[0]),
            "amplitudes must be one per event, 1, got 0"),
        Arguments.of(
            true,
            new EventSpikeTrain.Sample(new int[] {0, 0, 1}, new int[] {1}, new float[] {1}),
            "amplitudes must be null if all are 1"));
  }

  private static Arguments wrong(boolean unit, String rule, int[] firstOfStep, int... neurons) {
    return Arguments.of(unit, new EventSpikeTrain.Sample(firstOfStep, neurons, null), rule);
  }

  @Test
  void shouldRefuseTotalsOfOtherNeurons() {
    EventSpikeTrain.Sample[] none = {};
    assertThrows(
        IllegalArgumentException.class,
        () -> new EventSpikeTrain(SHAPE, 2, none, true, new float[6]));
  }

  @Test
  void shouldSayWhetherAllEventsAreOrdinarySpikes() {
    EventSpikeTrain.Sample[] samples = {
      new EventSpikeTrain.Sample(new int[] {0, 1}, new int[] {4}, null)
    };
    assertTrue(new EventSpikeTrain(SHAPE, 1, samples, true, new float[6]).unitSpikes());
    assertFalse(graded().unitSpikes());
    assertFalse(new ConstantSpikeTrain(SHAPE, 4, CURRENT).unitSpikes());
    assertTrue(new ConstantSpikeTrain(SHAPE, 4, new float[] {0, 1, 1, 0, 0, 0}).unitSpikes());
    assertTrue(binary().unitSpikes());
    assertFalse(binary().scaled(new float[160]).unitSpikes());
  }

  @Test
  void shouldReadPackedSpikes() {
    BinarySpikeTrain train = binary();
    assertEquals(List.of("2/3 1.0", "2/31 1.0"), events(train, 0, 0));
    assertEquals(List.of("1/39 1.0"), events(train, 0, 1));
    assertEquals(1, train.minibatch());
    assertEquals(2, train.steps());
    assertEquals(1, train.amplitudeBound());
    assertEquals(3.0 / 2 / 160, train.density());
    assertEquals(train.density(), train.density());
    assertSame(train.totals(), train.totals());
    assertEquals(3, train.counts().sum());
    assertEquals(16, train.words(0).length);
  }

  @Test
  void shouldReadNoFurtherThanAFullWordOfChannels() {
    FeatureShape shape = FeatureShape.vector(64);
    BinarySpikeTrain train = new BinarySpikeTrain(shape, 1, new int[][] {{1, 1 << 31}});
    assertEquals(List.of("0/0 1.0", "0/63 1.0"), events(train, 0, 0));
  }

  @Test
  void shouldGiveAConstantCurrentAtEveryStep() {
    SpikeTrain train = new ConstantSpikeTrain(SHAPE, 4, CURRENT);
    List<String> first = List.of("0/1 -2.0", "1/0 1.0", "2/1 0.5");
    assertEquals(first, events(train, 0, 0));
    assertEquals(first, events(train, 0, 3));
    assertEquals(6, events(train, 1, 2).size());
    assertEquals(2, train.minibatch());
    assertEquals(4, train.steps());
    assertEquals(9.0 / 12, train.density());
    assertEquals(2, train.amplitudeBound());
    assertTrue(train.isConstant());
    assertArrayEquals(new float[] {0, 4, 0, -8, 0, 2, 4, 4, 4, 4, 4, 4}, train.totals());
  }

  @Test
  void shouldHaveAnyStepIfConstantOnly() {
    SpikeTrain any = new ConstantSpikeTrain(SHAPE, 4, CURRENT).ofAnyStep();
    assertEquals(1, any.steps());
    assertArrayEquals(CURRENT, any.totals());
    var e = assertThrows(IllegalStateException.class, binary()::ofAnyStep);
    assertEquals("a train must be constant to have any step, got one that changes", e.getMessage());
  }

  @Test
  void shouldScaleEveryNeuronOfEverySample() {
    float[] factors = {2, 1, 1, 1, 0, 0.5f, 3, 1, 1, 1, 1, 1};
    SpikeTrain scaled = signed().scaled(factors);
    assertEquals(List.of("0/0 2.0"), events(scaled, 0, 0));
    assertEquals(List.of("2/1 0.5"), events(scaled, 0, 1));
    assertEquals(List.of("0/0 -3.0"), events(scaled, 1, 1));
    assertArrayEquals(new float[] {2, 0, 0, 0, -0f, 0.5f, -3, 0, 0, 0, 0, 0}, scaled.totals());
    assertEquals(List.of("2/1 0.25"), events(scaled.scaled(factors), 0, 1));
    assertEquals(3, scaled.amplitudeBound());
    assertEquals(3.0 / 2 / 12, scaled.density());
    assertEquals(scaled.density(), scaled.density());
    assertEquals(SHAPE, scaled.shape());
    assertEquals(2, scaled.minibatch());
    assertEquals(2, scaled.steps());
    assertFalse(scaled.isConstant());
  }

  @Test
  void shouldScaleAConstantCurrent() {
    SpikeTrain scaled =
        new ConstantSpikeTrain(SHAPE, 4, CURRENT)
            .scaled(new float[] {0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1});
    assertEquals(List.of("0/1 -2.0", "1/0 2.0"), events(scaled, 0, 1));
    assertEquals(List.of("2/1 1.0"), events(scaled, 1, 1));
  }

  @Test
  void shouldRefuseFactorsThatMakeTotalsInfinite() {
    float[] factors = new float[12];
    factors[6] = Float.MAX_VALUE;
    assertEquals(Float.MAX_VALUE, signed().scaled(factors).amplitudeBound());
    factors[6] = Float.POSITIVE_INFINITY;
    assertMessage(
        "amplitudes summed over the window must be finite in single precision, got -Infinity in"
            + " sample 1 at index 0. Possible cause: factors that are too large",
        () -> signed().scaled(factors));
  }
}
