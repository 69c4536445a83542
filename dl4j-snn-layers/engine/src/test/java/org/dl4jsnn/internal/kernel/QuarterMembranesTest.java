package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Membranes counted in quarters, 32 channels at a time, against one membrane at a time. */
class QuarterMembranesTest {

  private static final int CELLS = 3;
  private static final int STEPS = 60;

  static Stream<KernelNeuron> neurons() {
    return Stream.of(
        new KernelNeuron(0.75f, 1, false, 0, 0),
        new KernelNeuron(0.8f, 1, false, 0, 0),
        new KernelNeuron(0.99f, 1, false, 0, 0),
        new KernelNeuron(1, 1, false, 0, 0),
        new KernelNeuron(2.3f, 1, false, -0.5f, 0.25f),
        new KernelNeuron(3, 1, false, 1.25f, -2),
        new KernelNeuron(1.4f, 1, false, 0.125f, 0.125f),
        new KernelNeuron(1, 1, true, 0, 0),
        new KernelNeuron(1.75f, 1, true, 0, 0.0625f),
        new KernelNeuron(0.75f, 1, true, 0, -0.5f));
  }

  private static QuarterMembranes counted(KernelNeuron rule) {
    return new QuarterMembranes(QuarterRule.of(rule, -1, 1, STEPS).orElseThrow(), CELLS);
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldFireAsOneMembraneAtATime(KernelNeuron rule) {
    check(rule, counted(rule), false);
    check(rule, counted(rule), true);
  }

  /** From rest, or from a different membrane for every channel. */
  private static void check(KernelNeuron rule, QuarterMembranes membranes, boolean set) {
    Random random = new Random(7);
    float[][] u = new float[CELLS][Integer.SIZE];
    // Nothing is left of the sample before.
    for (int cell = 0; cell < CELLS; cell++) {
      for (int channel = 0; channel < Integer.SIZE; channel++) {
        u[cell][channel] = rule.initialMembrane() + channel % 4 / 4f;
      }
      membranes.set(cell, u[cell], 0, Integer.SIZE);
    }
    if (!set) {
      membranes.rest();
    }
    for (int cell = 0; cell < CELLS; cell++) {
      for (int channel = 0; channel < Integer.SIZE; channel++) {
        u[cell][channel] = rule.initialMembrane();
        if (set) {
          float origin =
              rule.initialMembrane() - (float) Math.floor(4 * rule.initialMembrane()) / 4;
          u[cell][channel] = origin + random.nextInt(rule.threshold() < 1 ? 3 : 4) / 4f;
        }
      }
      if (set) {
        // As the rows of a longer array.
        float[] row = new float[Integer.SIZE + 1];
        System.arraycopy(u[cell], 0, row, 1, Integer.SIZE);
        membranes.set(cell, row, 1, Integer.SIZE);
      }
      assertArrayEquals(u[cell], state(membranes, cell));
    }
    int spikes = 0;
    for (int step = 0; step < STEPS; step++) {
      int[][] inputs = new int[4][CELLS];
      for (int[] input : inputs) {
        for (int cell = 0; cell < CELLS; cell++) {
          // Rare and frequent spikes in turn.
          input[cell] = random.nextInt() & (step % 3 == 0 ? -1 : random.nextInt());
        }
      }
      int[] fired = new int[CELLS];
      membranes.step(inputs[0], inputs[1], inputs[2], inputs[3], fired);
      for (int cell = 0; cell < CELLS; cell++) {
        for (int channel = 0; channel < Integer.SIZE; channel++) {
          float sum = u[cell][channel];
          for (int[] input : inputs) {
            sum += (input[cell] >>> channel & 1) / 4f;
          }
          boolean fires = sum > rule.threshold();
          float reset = rule.subtractive() ? sum - rule.threshold() : rule.resetValue();
          u[cell][channel] = fires ? reset : sum;
          spikes += fires ? 1 : 0;
          assertEquals(fires ? 1 : 0, fired[cell] >>> channel & 1, "step " + step);
        }
        assertArrayEquals(u[cell], state(membranes, cell), "step " + step);
      }
    }
    assertTrue(spikes > 0, "silent");
  }

  private static float[] state(QuarterMembranes membranes, int cell) {
    float[] state = new float[Integer.SIZE];
    membranes.get(cell, state, 0, Integer.SIZE);
    return state;
  }

  @Test
  void shouldRefuseNeuronsThatQuartersDoNotDescribe() {
    assertTrue(rule(new KernelNeuron(1, 1, false, 0, 0)));
    assertFalse(rule(new KernelNeuron(1, 0.5f, false, 0, 0)), "leak");
    assertFalse(rule(new KernelNeuron(1, 1, false, 0.3f, 0)), "reset value between quarters");
    assertFalse(rule(new KernelNeuron(1.1f, 1, true, 0, 0)), "threshold between quarters");
    assertTrue(rule(new KernelNeuron(1.1f, 1, false, 0, 0)));
    assertFalse(rule(new KernelNeuron(1, 1, true, 0, 0.1f)), "an origin of too many places");
    assertTrue(rule(new KernelNeuron(1, 1, true, 0, 0x1p-16f)));
    assertFalse(rule(new KernelNeuron(1, 1, true, 0, 0x1p-17f)));
  }

  private static boolean rule(KernelNeuron neuron) {
    return QuarterRule.of(neuron, 0, 0, STEPS).isPresent();
  }

  @Test
  void shouldRefuseMembranesBeyondSixtyFour() {
    KernelNeuron neuron = new KernelNeuron(1, 1, false, 0, 0);
    assertTrue(QuarterRule.of(neuron, -64, 0, STEPS).isPresent());
    assertFalse(QuarterRule.of(neuron, -64.25, 0, STEPS).isPresent());
    // One step adds up to 1.
    assertTrue(QuarterRule.of(neuron, 0, 63, STEPS).isPresent());
    assertFalse(QuarterRule.of(neuron, 0, 63.25, STEPS).isPresent());
    KernelNeuron shifted = new KernelNeuron(1, 1, false, 0.0625f, 0.0625f);
    assertTrue(QuarterRule.of(shifted, 0, 63.0625, STEPS).isPresent());
    // Subtracting 3/4 leaves up to a quarter more at every step: 4 quarters at first, and 4 of one.
    KernelNeuron growing = new KernelNeuron(0.75f, 1, true, 0, 0);
    assertTrue(QuarterRule.of(growing, 0, 0, 248).isPresent());
    assertFalse(QuarterRule.of(growing, 0, 0, 249).isPresent());
  }

  @Test
  void shouldCountQuartersFromTheLowestMembrane() {
    QuarterRule rule =
        QuarterRule.of(new KernelNeuron(1, 1, false, -0.4375f, 0.0625f), -2, 0, STEPS)
            .orElseThrow();
    assertEquals(0.0625f, rule.origin());
    // The lowest initial membrane, -2, lies between the quarters 8 and 9 below the origin.
    assertEquals(-9, rule.lowest());
    assertEquals(9, rule.atRest());
    assertEquals(9 + 4, rule.fires());
    assertEquals(7, rule.resetTo());
    assertEquals(0, rule.taken());
    assertFalse(rule.isSubtractive());
    assertEquals(5, rule.digits());
    assertEquals(1.0625f, rule.membrane(13));
    assertEquals(13, rule.count(1.0625f));
    assertTrue(rule.servesFrom(0.3125f));
    assertTrue(rule.servesFrom(0.8125f));
    assertFalse(rule.servesFrom(0.25f));
    QuarterRule subtractive =
        QuarterRule.of(new KernelNeuron(1, 1, true, 0, 0), 0, 0, STEPS).orElseThrow();
    assertEquals(4, subtractive.taken());
    assertEquals(0, subtractive.resetTo());
    assertTrue(subtractive.isSubtractive());
    assertEquals(5, subtractive.fires());
    // What a spike leaves, a quarter, is below where the neuron begins.
    KernelNeuron above = new KernelNeuron(1, 1, true, 0, 0.5f);
    assertEquals(1, QuarterRule.of(above, 0.5, 0.5, STEPS).orElseThrow().lowest());
  }
}
