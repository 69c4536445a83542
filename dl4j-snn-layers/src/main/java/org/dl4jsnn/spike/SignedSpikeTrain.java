package org.dl4jsnn.spike;

/** A train of spikes of amplitude -1 or 1, as two bit planes: fired, and negative. */
public final class SignedSpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final int[][] fired;
  private final int[][] negative;
  private final float[] totals;

  /**
   * A train from its bits; the arrays are taken over, not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param fired for each sample, the spikes, laid out as {@link BitLayout} says
   * @param negative for each sample, the sign of every neuron's spikes: a neuron of the input keeps
   *     its sign over the window, so this plane has a single step
   * @param totals the sum of every neuron's amplitudes, in the order of arrays
   */
  public SignedSpikeTrain(
      FeatureShape shape, int steps, int[][] fired, int[][] negative, float[] totals) {
    this.shape = shape;
    this.steps = steps;
    this.fired = fired;
    this.negative = negative;
    this.totals = totals;
  }

  @Override
  public FeatureShape shape() {
    return shape;
  }

  @Override
  public int minibatch() {
    return fired.length;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    BitLayout layout = BitLayout.of(shape);
    int[] bits = fired[sample];
    int[] signs = negative[sample];
    int word = 0;
    for (int position = 0; position < shape.positions(); position++) {
      for (int channel = 0; channel < shape.channels(); channel += BitLayout.WORD, word++) {
        for (int left = bits[step * layout.perStep() + word]; left != 0; left &= left - 1) {
          int bit = Integer.numberOfTrailingZeros(left);
          events.add(position, channel + bit, (signs[word] >>> bit & 1) == 0 ? 1 : -1);
        }
      }
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }
}
