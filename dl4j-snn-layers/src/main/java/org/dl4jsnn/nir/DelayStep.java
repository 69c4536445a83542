package org.dl4jsnn.nir;

import java.util.Arrays;

/** Holds back every number for a number of steps of its own, in a ring. */
final class DelayStep implements StepNode {

  /** How far from a whole number of steps a delay may be: rounding of single precision. */
  private static final double SLACK = 1e-3;

  private static final int LONGEST = 1 << 20;

  /** Numbers that all rings of a node may hold. */
  private static final long MOST = 1L << 28;

  private final int[] steps;
  private final float[][] ring;
  private int next;

  private DelayStep(int[] steps, int longest) {
    this.steps = steps;
    this.ring = new float[longest + 1][steps.length];
  }

  static DelayStep of(String name, NirPlumbing.Delay node, double timeStep) {
    int[] steps = new int[node.delay().length()];
    int longest = 0;
    for (int i = 0; i < steps.length; i++) {
      double exact = node.delay().getDouble(i) / timeStep;
      long whole = Math.round(exact);
      if (!(exact > -SLACK) || whole > LONGEST || Math.abs(exact - whole) > SLACK) {
        throw new NirRefusedException(
            name,
            node,
            "delays must be whole multiples of the time step, "
                + timeStep
                + " s, at most "
                + LONGEST
                + " of them, got "
                + node.delay().getDouble(i)
                + " s");
      }
      steps[i] = (int) whole;
      longest = Math.max(longest, steps[i]);
    }
    if ((longest + 1L) * steps.length > MOST) {
      throw new NirRefusedException(
          name, node, "delays must hold at most " + MOST + " numbers, got " + longest + " steps");
    }
    return new DelayStep(steps, longest);
  }

  @Override
  public void reset() {
    for (float[] values : ring) {
      Arrays.fill(values, 0);
    }
    next = 0;
  }

  @Override
  public void step(float[] input, float[] output) {
    System.arraycopy(input, 0, ring[next], 0, input.length);
    for (int i = 0; i < output.length; i++) {
      output[i] = ring[Math.floorMod(next - steps[i], ring.length)][i];
    }
    next = (next + 1) % ring.length;
  }
}
