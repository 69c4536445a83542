package org.dl4jsnn.spike;

/** A train of spikes of amplitude -1 or 1, as two bit planes: fired, and negative. */
public final class SignedSpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final long[][] fired;
  private final long[][] negative;
  private final float[] totals;

  /**
   * A train from its bits; the arrays are taken over, not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param fired for each sample, the spikes, laid out as in {@link BinarySpikeTrain}
   * @param negative for each sample, the sign of every neuron's spikes: a neuron of the input keeps
   *     its sign over the window, so this plane has a single step
   * @param totals the sum of every neuron's amplitudes, in the order of arrays
   */
  public SignedSpikeTrain(
      FeatureShape shape, int steps, long[][] fired, long[][] negative, float[] totals) {
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
    long[] bits = fired[sample];
    long[] signs = negative[sample];
    int perStep = BinarySpikeTrain.wordsPerStep(shape.neurons());
    int first = step * perStep;
    for (int word = 0; word < perStep; word++) {
      for (long left = bits[first + word]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        events.add(word * Long.SIZE + bit, (signs[word] >>> bit & 1) == 0 ? 1 : -1);
      }
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }
}
