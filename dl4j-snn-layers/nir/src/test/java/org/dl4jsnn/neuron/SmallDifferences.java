package org.dl4jsnn.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Compares a neuron's derivatives by its state with small differences of its definition, wherever
 * the membrane potential before the step is not at the threshold.
 */
final class SmallDifferences {

  private static final float H = 1f / 1024;
  private static final double TOLERANCE = 2e-3;
  private static final int CASES = 400;
  private static final double REACH = 1.5;

  private final DifferentiableDynamics neuron;
  private final int order;

  SmallDifferences(DifferentiableDynamics neuron) {
    this.neuron = neuron;
    this.order = neuron.variables().size();
  }

  void check() {
    Random random = new Random(11);
    int checked = 0;
    for (int i = 0; i < CASES; i++) {
      float[] state = new float[order];
      for (int k = 0; k < order; k++) {
        state[k] = (float) (random.nextDouble() * REACH * neuron.threshold());
      }
      boolean atJump = Math.abs(state[order - 1] - neuron.threshold()) < 8 * H;
      checked += atJump ? 0 : 1;
      if (!atJump) {
        check(state);
      }
    }
    assertTrue(checked > CASES / 2, checked + " checked");
  }

  private void check(float[] state) {
    boolean fires = excess(state) > 0;
    LocalDerivatives local = new LocalDerivatives(neuron, 9, true);
    local.move(neurons(state, fires), new float[] {fires ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0);
    for (int j = 0; j < order; j++) {
      int variable = j;
      Supplier<String> by =
          () -> "by variable " + variable + " at " + List.of(state[0], state[order - 1]) + neuron;
      double byExcess = excess(moved(state, j, H)) - excess(moved(state, j, -H));
      compare(byExcess / (2 * H), local.excess(j)[0], by);
      for (int k = 0; k < order; k++) {
        int of = k;
        double near = difference(state, fires, j, k, H);
        double far = difference(state, fires, j, k, 2 * H);
        // If the two differ, the function is too curved for differences.
        if (Math.abs(near - far) < TOLERANCE) {
          compare(near, local.reset(k, j)[0], () -> "variable " + of + " " + by.get());
        }
      }
    }
    float[] fired = left(state, true);
    float[] rested = left(state, false);
    for (int k = 0; k < order; k++) {
      assertEquals(
          fired[k] - rested[k], local.resetBySpike(k)[0], TOLERANCE, () -> "by spike, " + neuron);
    }
  }

  private double difference(float[] state, boolean fires, int j, int k, float h) {
    return (left(moved(state, j, h), fires)[k] - left(moved(state, j, -h), fires)[k]) / (2 * h);
  }

  private static void compare(double difference, double derivative, Supplier<String> what) {
    double tolerance = TOLERANCE * Math.max(1, Math.abs(derivative));
    assertEquals(difference, derivative, tolerance, what);
  }

  private static float[] moved(float[] state, int variable, float by) {
    float[] moved = state.clone();
    moved[variable] += by;
    return moved;
  }

  private float excess(float[] state) {
    float[] excess = new float[9];
    neuron.excess(neurons(state, false), excess);
    return excess[0];
  }

  private float[] left(float[] state, boolean fires) {
    Neurons neurons = neurons(state, fires);
    neuron.reset(neurons);
    float[] left = new float[order];
    for (int k = 0; k < order; k++) {
      left[k] = neurons.variable(k)[0];
    }
    return left;
  }

  private Neurons neurons(float[] state, boolean fires) {
    Neurons neurons = Neurons.of(neuron, 9, 9);
    for (int k = 0; k < order; k++) {
      neurons.variable(k)[0] = state[k];
    }
    if (fires) {
      neurons.fire(0);
    }
    return neurons;
  }
}
