package org.dl4jsnn.spike;

/** A train of ordinary spikes, bit-packed: one bit a neuron and step, grouped by sample. */
public final class BinarySpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final long[][] words;
  private final float[] totals;

  /**
   * A train from its bits; the arrays are taken over, not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param words for each sample, {@link #wordsPerStep} words a step; neuron n is bit n mod 64 of
   *     word n / 64
   * @param totals the number of spikes of every neuron, in the order of arrays
   */
  public BinarySpikeTrain(FeatureShape shape, int steps, long[][] words, float[] totals) {
    this.shape = shape;
    this.steps = steps;
    this.words = words;
    this.totals = totals;
  }

  /**
   * Packs events whose amplitudes are all 1.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param samples the events of each sample
   * @param totals the number of spikes of every neuron, in the order of arrays; taken over
   * @return the train
   */
  public static BinarySpikeTrain of(
      FeatureShape shape, int steps, GradedSpikeTrain.Sample[] samples, float[] totals) {
    int perStep = wordsPerStep(shape.neurons());
    long[][] words = new long[samples.length][Math.multiplyExact(perStep, steps)];
    for (int sample = 0; sample < samples.length; sample++) {
      int[] firstOfStep = samples[sample].firstOfStep();
      int[] neurons = samples[sample].neurons();
      for (int step = 0; step < steps; step++) {
        for (int event = firstOfStep[step]; event < firstOfStep[step + 1]; event++) {
          words[sample][step * perStep + (neurons[event] >>> 6)] |= 1L << neurons[event];
        }
      }
    }
    return new BinarySpikeTrain(shape, steps, words, totals);
  }

  /**
   * Words that the spikes of one step take.
   *
   * @param neurons neurons of a sample
   * @return neurons / 64, rounded up
   */
  public static int wordsPerStep(int neurons) {
    return (neurons + Long.SIZE - 1) / Long.SIZE;
  }

  @Override
  public FeatureShape shape() {
    return shape;
  }

  @Override
  public int minibatch() {
    return words.length;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    long[] bits = words[sample];
    int perStep = wordsPerStep(shape.neurons());
    int first = step * perStep;
    for (int word = 0; word < perStep; word++) {
      for (long left = bits[first + word]; left != 0; left &= left - 1) {
        events.add(word * Long.SIZE + Long.numberOfTrailingZeros(left), 1);
      }
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }
}
