package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neurons of whole numbers with more than a membrane, beside Java's integers. */
class WholeNumberNeuronsTest {

  private static final int STEPS = 300;

  private static IntegerNeuron membrane(boolean subtractive) {
    return new IntegerNeuron(
        new int[] {100, 200},
        new int[] {3000, 4096},
        subtractive,
        new int[] {20, -30},
        new int[] {50, -6});
  }

  /** One neuron in Java's integers. */
  private interface Whole {

    /** Charges it and returns whether it fires. */
    boolean step(int charge);

    /** Its variables, as the neuron has them. */
    int[] state();
  }

  private static void assertSame(DifferentiableDynamics neuron, List<Whole> expected, int drive) {
    Neurons neurons = Neurons.of(neuron, 2, 2);
    Random random = new Random(3);
    float[] excess = new float[2];
    int spikes = 0;
    for (int step = 0; step < STEPS; step++) {
      neurons.clearFired();
      boolean[] fires = new boolean[2];
      for (int c = 0; c < 2; c++) {
        int charge = random.nextInt(drive) - drive / 3;
        neurons.variable(0)[c] += charge;
        fires[c] = expected.get(c).step(charge);
      }
      neuron.excess(neurons, excess);
      for (int c = 0; c < 2; c++) {
        assertEquals(fires[c], excess[c] > 0, "step " + step + ", excess " + excess[c]);
        if (fires[c]) {
          neurons.fire(c);
          spikes++;
        }
      }
      neuron.reset(neurons);
      for (int c = 0; c < 2; c++) {
        int[] state = expected.get(c).state();
        for (int v = 0; v < state.length; v++) {
          assertEquals(state[v], neurons.variable(v)[c], "variable " + v + ", step " + step);
        }
      }
    }
    assertTrue(spikes > 20 && spikes < 2 * STEPS - 20, spikes + " spikes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAdapt(boolean subtractive) {
    IntegerNeuron membrane = membrane(subtractive);
    int[] strengths = {40, 70};
    int[] decays = {3500, 4000};
    IntegerAdaptiveNeuron neuron = new IntegerAdaptiveNeuron(membrane, strengths, decays);
    class One implements Whole {
      private final int c;
      private int u;
      private int a;

      One(int c) {
        this.c = c;
        u = membrane.initialMembranes()[c];
      }

      @Override
      public boolean step(int charge) {
        u += charge;
        int raised = membrane.thresholds()[c] + a;
        boolean fires = u > raised;
        u = !fires ? u : subtractive ? u - raised : membrane.resetValues()[c];
        u = u * membrane.leaks()[c] / 4096;
        a = a * decays[c] / 4096 + (fires ? strengths[c] : 0);
        return fires;
      }

      @Override
      public int[] state() {
        return new int[] {u - membrane.initialMembranes()[c], a};
      }
    }
    assertSame(neuron, List.of(new One(0), new One(1)), 220);
    assertNotEquals(neuron, new IntegerAdaptiveNeuron(membrane, decays, decays));
    assertMessage(
        "adaptation decays must be whole numbers from 1 to 4096, got 5000",
        () -> new IntegerAdaptiveNeuron(membrane, strengths, new int[] {5000}));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRest(boolean subtractive) {
    IntegerNeuron membrane = membrane(subtractive);
    IntegerRefractoryNeuron neuron = new IntegerRefractoryNeuron(membrane, 2);
    class One implements Whole {
      private final int c;
      private int u;
      private int left;

      One(int c) {
        this.c = c;
        u = membrane.initialMembranes()[c];
      }

      @Override
      public boolean step(int charge) {
        boolean awake = left == 0;
        u += awake ? charge : 0;
        boolean fires = awake && u > membrane.thresholds()[c];
        left = fires ? 2 : awake ? 0 : left - 1;
        u = !fires ? u : subtractive ? u - membrane.thresholds()[c] : membrane.resetValues()[c];
        u = u * membrane.leaks()[c] / 4096;
        return fires;
      }

      @Override
      public int[] state() {
        int above = u - membrane.initialMembranes()[c];
        return new int[] {above, above, left};
      }
    }
    assertSame(neuron, List.of(new One(0), new One(1)), 300);
    assertNotEquals(neuron, new IntegerRefractoryNeuron(membrane, 3));
    assertMessage(
        "refractory steps must be whole numbers from 1 to 16777216, got 0",
        () -> new IntegerRefractoryNeuron(membrane, 0));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFollowItsMembrane(AdLifNeuron.Form form) {
    int[] theta = {60, 90};
    int[] alpha = {58_000, 61_000};
    int[] beta = {64_000, 64_900};
    int[] byMembrane = {30_000, 60_000};
    int[] bySpike = {900, 4_000};
    IntegerAdLifNeuron neuron =
        new IntegerAdLifNeuron(form, theta, alpha, beta, byMembrane, bySpike);
    class One implements Whole {
      private final int c;
      private long u;
      private long w;
      private int z;

      One(int c) {
        this.c = c;
      }

      @Override
      public boolean step(int charge) {
        long adapted = (beta[c] * w + byMembrane[c] * u) / 65_536 + (long) bySpike[c] * z;
        long felt = form == AdLifNeuron.Form.SYMPLECTIC ? adapted : w;
        u = (alpha[c] * u + (65_536 - alpha[c]) * (256L * charge - felt)) / 65_536;
        w = adapted;
        z = u > 256L * theta[c] ? 1 : 0;
        u = z == 1 ? 0 : u;
        return z == 1;
      }

      @Override
      public int[] state() {
        return new int[] {0, (int) u, (int) w, z};
      }
    }
    assertSame(neuron, List.of(new One(0), new One(1)), 2_500);
    assertNotEquals(neuron, new IntegerAdLifNeuron(form, theta, beta, beta, byMembrane, bySpike));
    assertMessage(
        "thresholds must be whole numbers from 1 to 32767, got 0",
        () -> new IntegerAdLifNeuron(form, new int[1], alpha, beta, byMembrane, bySpike));
  }

  /** A feedback that no chip could follow drives the states to their limits, not beyond. */
  @Test
  void shouldSaturate() {
    IntegerAdLifNeuron neuron =
        new IntegerAdLifNeuron(
            AdLifNeuron.Form.EULER,
            new int[] {32_767},
            new int[] {65_535},
            new int[] {65_535},
            new int[] {-9_000_000},
            new int[] {0});
    Neurons neurons = Neurons.of(neuron, 1, 1);
    for (int step = 0; step < 50; step++) {
      neurons.clearFired();
      neurons.variable(0)[0] += 100_000;
      neuron.reset(neurons);
    }
    assertEquals(-8_388_607, neurons.variable(2)[0]);
  }
}
