package org.dl4jsnn.spike;

/** A train of events of any amplitude: for every sample and step the neurons that have one. */
public final class GradedSpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final Sample[] samples;
  private final float[] totals;

  /**
   * A train from its events; the arrays are taken over, not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param samples the events of each sample
   * @param totals the sum of every neuron's amplitudes, in the order of arrays
   */
  public GradedSpikeTrain(FeatureShape shape, int steps, Sample[] samples, float[] totals) {
    this.shape = shape;
    this.steps = steps;
    this.samples = samples;
    this.totals = totals;
  }

  /**
   * The events of one sample, step after step.
   *
   * @param firstOfStep for every step the index of its first event, and the number of events at the
   *     end
   * @param neurons the neuron of every event, increasing within a step
   * @param amplitudes the amplitude of every event
   */
  public record Sample(int[] firstOfStep, int[] neurons, float[] amplitudes) {}

  @Override
  public FeatureShape shape() {
    return shape;
  }

  @Override
  public int minibatch() {
    return samples.length;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    Sample s = samples[sample];
    for (int e = s.firstOfStep[step]; e < s.firstOfStep[step + 1]; e++) {
      int neuron = s.neurons[e];
      events.add(neuron / shape.channels(), neuron % shape.channels(), s.amplitudes[e]);
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }
}
