package org.dl4jsnn.nir;

import java.util.Arrays;

/** Delays every number by its own number of steps, in a ring buffer. */
final class DelayStep implements StepNode {

  /** The most numbers that all rings of a graph may hold. */
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
    return new DelayStep(steps, longest(steps));
  }

  /**
   * Checks that the rings of all delays of a graph fit memory, since a small file may ask for many.
   */
  static void requireRoom(FlatGraph graph, double timeStep) {
    long held = 0;
    for (String name : graph.order()) {
      if (graph.node(name) instanceof NirPlumbing.Delay node) {
        int[] steps = steps(name, node, timeStep);
        held += (longest(steps) + 1L) * steps.length;
        if (held > MOST) {
          throw new NirRefusedException(
              name,
              node,
              "delays of a graph must hold at most "
                  + MOST
                  + " numbers, got "
                  + longest(steps)
                  + " steps");
        }
      }
    }
  }

  private static int longest(int[] steps) {
    return Arrays.stream(steps).max().orElse(0);
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
