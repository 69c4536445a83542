package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.Require;

/**
 * A train as a list of events: for every sample and step the neurons that have an event, with
 * amplitude 1, ±1, or any amplitude.
 */
public final class EventSpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;
  private final Sample[] samples;
  private final boolean unitSpikes;
  private final float[] totals;

  private EventSpikeTrain(
      FeatureShape shape, Sample[] samples, int steps, boolean unitSpikes, float[] totals) {
    this.shape = shape;
    this.steps = steps;
    this.samples = samples;
    this.unitSpikes = unitSpikes;
    this.totals = totals;
  }

  /**
   * Creates a train from its events; the arrays are not copied.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param samples the events of each sample
   * @param unitSpikes whether all amplitudes are 1
   * @param totals the sum of every neuron's amplitudes, in the order of arrays
   * @throws IllegalArgumentException if the events of a sample or the totals do not fit the shape
   *     and the steps
   */
  public EventSpikeTrain(
      FeatureShape shape, int steps, Sample[] samples, boolean unitSpikes, float[] totals) {
    this(
        Require.given("shape", shape),
        Require.given("samples", samples),
        Require.atLeast("steps", steps, 1),
        unitSpikes,
        Require.given("totals", totals));
    long neurons = (long) samples.length * shape.neurons();
    if (totals.length != neurons) {
      throw new IllegalArgumentException(
          "totals must be "
              + neurons
              + " numbers, one per neuron of each sample, got "
              + totals.length);
    }
    EventRules rules = new EventRules(shape.neurons(), steps, unitSpikes);
    for (int sample = 0; sample < samples.length; sample++) {
      rules.check(sample, samples[sample]);
    }
  }

  /**
   * Creates a train of the library's own events, which need no check.
   *
   * @param shape the shape of the neurons
   * @param steps T
   * @param samples the events of each sample
   * @param unitSpikes whether all amplitudes are 1
   * @param totals the sum of every neuron's amplitudes, in the order of arrays
   * @return the train
   */
  @Internal
  public static EventSpikeTrain unchecked(
      FeatureShape shape, int steps, Sample[] samples, boolean unitSpikes, float[] totals) {
    return new EventSpikeTrain(shape, samples, steps, unitSpikes, totals);
  }

  /**
   * The events of one sample, step after step.
   *
   * @param firstOfStep the index of each step's first event, followed by the number of events
   * @param neurons the neuron of every event, increasing within a step; without amplitudes, the
   *     complement ({@code ~neuron}) stands for amplitude -1
   * @param amplitudes the amplitude of every event; null if all are 1 or -1
   */
  public record Sample(int[] firstOfStep, int[] neurons, float[] amplitudes) {}

  /**
   * {@return the events of one sample; not to be written to}
   *
   * @param sample index of the sample
   */
  public Sample sample(int sample) {
    return samples[sample];
  }

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
  public boolean unitSpikes() {
    return unitSpikes;
  }

  @Override
  public double density() {
    double events = 0;
    for (Sample sample : samples) {
      events += sample.neurons.length;
    }
    return events / steps / totals.length;
  }

  @Override
  @Internal
  public float amplitudeBound() {
    float bound = 1;
    for (Sample sample : samples) {
      if (sample.amplitudes != null) {
        bound = Math.max(bound, Magnitudes.largest(sample.amplitudes));
      }
    }
    return bound;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    Sample s = samples[sample];
    int channels = shape.channels();
    for (int e = s.firstOfStep[step]; e < s.firstOfStep[step + 1]; e++) {
      int code = s.neurons[e];
      int sign = s.amplitudes == null ? code >> (Integer.SIZE - 1) : 0;
      int neuron = code ^ sign;
      float amplitude = s.amplitudes == null ? sign | 1 : s.amplitudes[e];
      int position = neuron / channels;
      events.add(position, neuron - position * channels, amplitude);
    }
  }

  @Override
  public float[] totals() {
    return totals;
  }

  /**
   * What the events of a sample must look like.
   *
   * @param neurons neurons of the train
   * @param steps T
   * @param unitSpikes whether all amplitudes are 1
   */
  private record EventRules(int neurons, int steps, boolean unitSpikes) {

    void check(int index, EventSpikeTrain.Sample sample) {
      Require.given("sample " + index, sample);
      int[] firstOfStep = Require.given("firstOfStep", sample.firstOfStep());
      int[] events = Require.given("neurons", sample.neurons());
      checkSteps(index, firstOfStep, events.length);
      checkAmplitudes(index, sample.amplitudes(), events.length);
      boolean signed = sample.amplitudes() == null && !unitSpikes;
      for (int step = 0; step < steps; step++) {
        checkNeurons(index, step, firstOfStep[step], firstOfStep[step + 1], events, signed);
      }
    }

    private void checkSteps(int index, int[] firstOfStep, int events) {
      if (firstOfStep.length != steps + 1 || firstOfStep[0] != 0 || firstOfStep[steps] != events) {
        throw wrong(
            index,
            "firstOfStep must be "
                + (steps + 1)
                + " numbers from 0 to the number of events, "
                + events,
            firstOfStep.length == 0
                ? "none"
                : firstOfStep.length
                    + " from "
                    + firstOfStep[0]
                    + " to "
                    + firstOfStep[firstOfStep.length - 1]);
      }
      for (int step = 0; step < steps; step++) {
        if (firstOfStep[step] > firstOfStep[step + 1]) {
          throw wrong(
              index,
              "firstOfStep must not decrease",
              firstOfStep[step + 1] + " after " + firstOfStep[step]);
        }
      }
    }

    private void checkAmplitudes(int index, float[] amplitudes, int events) {
      if (amplitudes != null && amplitudes.length != events) {
        throw wrong(
            index, "amplitudes must be one per event, " + events, amplitudes.length + " numbers");
      }
      if (amplitudes != null && unitSpikes) {
        throw wrong(index, "amplitudes must be null if all are 1", amplitudes.length + " numbers");
      }
    }

    private void checkNeurons(
        int index, int step, int first, int end, int[] events, boolean signed) {
      int before = -1;
      for (int e = first; e < end; e++) {
        int code = events[e];
        int neuron = signed ? code ^ code >> Integer.SIZE - 1 : code;
        if (neuron <= before || neuron >= neurons) {
          throw wrong(
              index,
              "neurons of a step must increase, from 0 to at most " + (neurons - 1),
              neuron
                  + (before < 0 ? " first" : " after " + before)
                  + " in step "
                  + step
                  + (code < 0 && !signed ? ", which stands for an amplitude of -1" : ""));
        }
        before = neuron;
      }
    }

    private static IllegalArgumentException wrong(int sample, String rule, String got) {
      return new IllegalArgumentException(rule + ", got " + got + " in sample " + sample);
    }
  }
}
