package org.dl4jsnn.nir;

import java.util.Arrays;

/** Delays every number by its own number of steps, in a ring buffer. */
final class DelayStep implements StepNode {

  /** The most numbers that all rings of a node may hold. */
  private static final long MOST = 1L << 28;

  private final int[] steps;
  private final float[][] ring;
  private int next;

  private DelayStep(int[] steps, int longest) {
    this.steps = steps;
    this.ring = new float[longest + 1][steps.length];
  }

  static DelayStep of(String name, NirPlumbing.Delay node, double timeStep) {
    int[] steps = steps(name, node, timeStep);
    int longest = Arrays.stream(steps).max().orElse(0);
    if ((longest + 1L) * steps.length > MOST) {
      throw new NirRefusedException(
          name, node, "delays must hold at most " + MOST + " numbers, got " + longest + " steps");
    }
    return new DelayStep(steps, longest);
  }

  private static int[] steps(String name, NirPlumbing.Delay node, double timeStep) {
    try {
      return node.steps(timeStep);
    } catch (IllegalArgumentException e) {
      throw new NirRefusedException(name, node, e.getMessage());
    }
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
