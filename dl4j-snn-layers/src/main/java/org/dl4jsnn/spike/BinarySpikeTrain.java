package org.dl4jsnn.spike;

/** A train of ordinary spikes, bit-packed as {@link BitLayout} says, grouped by sample. */
public final class BinarySpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final int[][] words;
  private final float[] totals;

  /**
   * A train from its bits; the arrays are taken over, not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param words the words of each sample
   * @param totals the number of spikes of every neuron, in the order of arrays
   */
  public BinarySpikeTrain(FeatureShape shape, int steps, int[][] words, float[] totals) {
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
    BitLayout layout = BitLayout.of(shape);
    int[][] words = new int[samples.length][];
    for (int sample = 0; sample < samples.length; sample++) {
      words[sample] = layout.words(steps);
      int[] firstOfStep = samples[sample].firstOfStep();
      int[] neurons = samples[sample].neurons();
      for (int step = 0; step < steps; step++) {
        for (int event = firstOfStep[step]; event < firstOfStep[step + 1]; event++) {
          int channel = neurons[event] % shape.channels();
          int word = layout.word(step, neurons[event] / shape.channels(), channel);
          words[sample][word] |= 1 << channel;
        }
      }
    }
    return new BinarySpikeTrain(shape, steps, words, totals);
  }

  /**
   * The words of one sample; not to be written to.
   *
   * @param sample index of the sample
   * @return its words, laid out as {@link BitLayout} says
   */
  public int[] words(int sample) {
    return words[sample];
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
    BitLayout layout = BitLayout.of(shape);
    int[] bits = words[sample];
    int word = step * layout.perStep();
    for (int position = 0; position < shape.positions(); position++) {
      for (int channel = 0; channel < shape.channels(); channel += BitLayout.WORD) {
        for (int left = bits[word++]; left != 0; left &= left - 1) {
          events.add(position, channel + Integer.numberOfTrailingZeros(left), 1);
        }
      }
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }
}
