package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Leaky integrators without firing, with their current weights: (state, train) → (state′, read-out
 * of the membranes), equations 51, 52 and 79 of docs/mathematics.md. A window in pieces that pass
 * on their state gives the same bits as a whole window. Always in double precision, since a
 * membrane without leak is a sum over the whole window. Thread-safe.
 */
public final class LeakyIntegrators {

  /** What a Java array holds. */
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  private final FeatureShape input;
  private final int neurons;
  private final double[] weights;
  private final double[] bias;
  private final double[] leaks;

  /** β of every neuron; null without a synaptic current. */
  private final double[] synapticDecays;

  private final MembraneReadOut reads;

  /**
   * Integrators.
   *
   * @param weights W, [nIn, n] in C order; not copied
   * @param bias b, [n]; zeros for none
   * @throws IllegalArgumentException if the number of λ or β does not match
   */
  public LeakyIntegrators(
      FeatureShape input,
      double[] weights,
      double[] bias,
      IntegratorDecays decays,
      MembraneReadOut reads) {
    this.input = input;
    this.neurons = bias.length;
    this.weights = weights;
    this.bias = bias;
    this.leaks = decays.leaksOf(neurons);
    this.synapticDecays = decays.synapticOf(neurons);
    this.reads = reads;
  }

  /**
   * The read-out of a piece of a window.
   *
   * @param values [minibatch, n], over all steps since rest; for a course [minibatch, n, T], over
   *     the piece
   * @param maxima for a maximum its step in the piece, [minibatch, n]; −1 if it was in an earlier
   *     piece
   */
  public record Reading(double[] values, int[] maxima, IntegratorState end) {}

  /**
   * Integrates a piece of a window.
   *
   * @param lengths the steps of every sample's sequence, at most T; the state does not change after
   *     them
   * @throws IllegalArgumentException if the state belongs to other integrators
   */
  public Reading read(IntegratorState start, SpikeTrain train, int[] lengths) {
    int minibatch = train.minibatch();
    boolean isSynaptic = synapticDecays != null;
    start.requireOf(minibatch, neurons, isSynaptic);
    double[][] currents = isSynaptic ? new double[minibatch][] : null;
    double[][] membranes = new double[minibatch][];
    double[][] summaries = new double[minibatch][];
    long[] steps = new long[minibatch];
    int perSample = valuesPerSample(train);
    double[] values = new double[minibatch * perSample];
    int[] maxima = new int[minibatch * neurons];
    ParallelSamples.run(
        minibatch,
        () -> {
          SpikeEvents events = new SpikeEvents(input);
          return sample -> {
            Membrane membrane = new Membrane(start, sample);
            for (int step = 0; step < lengths[sample]; step++) {
              train.read(sample, step, events);
              membrane.integrate(events);
              membrane.note(step, values, sample * perSample, train.steps());
            }
            if (reads != MembraneReadOut.COURSE) { // which is written step by step
              membrane.write(values, sample * perSample);
            }
            if (isSynaptic) {
              currents[sample] = membrane.current;
            }
            membranes[sample] = membrane.v;
            summaries[sample] = membrane.summary;
            steps[sample] = membrane.steps;
            System.arraycopy(membrane.maxima, 0, maxima, sample * neurons, neurons);
          };
        });
    return new Reading(values, maxima, new IntegratorState(currents, membranes, summaries, steps));
  }

  /** Observes integrators. Called from several threads, each with samples of its own. */
  @FunctionalInterface
  public interface Observer {

    /**
     * Called once per step of every sample. The arrays must be neither modified nor kept.
     *
     * @param current i, [n]; null without a synaptic current
     * @param membrane v, [n]
     * @param reading what would be read if the sequence ended here, [n]; of a course its last value
     */
    void observe(int sample, int step, double[] current, double[] membrane, double[] reading);
  }

  /**
   * Integrates a piece of a window and observes every step; the same bits as {@link #read}.
   *
   * @throws IllegalArgumentException if the state belongs to other integrators
   */
  public void follow(IntegratorState start, SpikeTrain train, Observer observer) {
    start.requireOf(train.minibatch(), neurons, synapticDecays != null);
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          SpikeEvents events = new SpikeEvents(input);
          double[] reading = new double[neurons];
          return sample -> {
            Membrane membrane = new Membrane(start, sample);
            for (int step = 0; step < train.steps(); step++) {
              train.read(sample, step, events);
              membrane.integrate(events);
              if (reads != MembraneReadOut.COURSE) {
                membrane.note(step, reading, 0, train.steps());
              }
              membrane.write(reading, 0);
              observer.observe(sample, step, membrane.current, membrane.v, reading);
            }
          };
        });
  }

  private int valuesPerSample(SpikeTrain train) {
    boolean isCourse = reads == MembraneReadOut.COURSE;
    double perSample = isCourse ? (double) neurons * train.steps() : neurons;
    Require.not(
        perSample * train.minibatch() > MOST_VALUES,
        "outputs times samples%s must be at most %s, got %s outputs, %s samples" + " and %s steps",
        isCourse ? " times steps" : "",
        MOST_VALUES,
        neurons,
        train.minibatch(),
        train.steps());
    return (int) perSample;
  }

  /** Integrators that go on from a state of one sample. */
  public Membrane membrane(IntegratorState start) {
    start.requireOf(1, neurons, synapticDecays != null);
    return new Membrane(start, 0);
  }

  /** The integrators of one sample. */
  public final class Membrane {

    /** i; null without a synaptic current. */
    private final double[] current;

    private final double[] v;
    private final double[] summary;
    private final int[] maxima = new int[neurons];
    private long steps;

    private Membrane(IntegratorState start, int sample) {
      double none = reads == MembraneReadOut.MAXIMUM ? Double.NEGATIVE_INFINITY : 0;
      this.current = synapticDecays == null ? null : start.current(sample, neurons);
      this.v = start.membrane(sample, neurons);
      this.summary = start.summary(sample, neurons, none);
      this.steps = start.steps(sample);
      Arrays.fill(maxima, -1);
    }

    /** v ← λ·v + W·s + b, or i ← β·i + W·s + b and v ← λ·v + i. */
    void integrate(SpikeEvents events) {
      if (current == null) {
        charge(v, leaks, events);
      } else {
        charge(current, synapticDecays, events);
        for (int j = 0; j < neurons; j++) {
          v[j] = leaks[j] * v[j] + current[j];
        }
      }
      steps++;
    }

    /** y ← kept·y + W·s + b. */
    private void charge(double[] y, double[] kept, SpikeEvents events) {
      for (int j = 0; j < neurons; j++) {
        y[j] *= kept[j];
      }
      for (int e = 0; e < events.size(); e++) {
        double amplitude = events.amplitude(e);
        int first = (events.channel(e) * input.positions() + events.position(e)) * neurons;
        for (int j = 0; j < neurons; j++) {
          y[j] += amplitude * weights[first + j];
        }
      }
      for (int j = 0; j < neurons; j++) {
        y[j] += bias[j];
      }
    }

    /** Takes a step into account. */
    void note(int step, double[] values, int first, int window) {
      for (int j = 0; j < neurons; j++) {
        switch (reads) {
          case COURSE -> values[first + j * window + step] = v[j];
          case MEAN -> summary[j] += v[j];
          case MAXIMUM -> {
            if (v[j] > summary[j]) {
              summary[j] = v[j];
              maxima[j] = step;
            }
          }
          case LAST -> {
            // The membrane itself.
          }
        }
      }
    }

    /** Takes a step of a sequence without end. */
    public void step(SpikeEvents events) {
      integrate(events);
      if (reads != MembraneReadOut.COURSE) {
        note(0, null, 0, 1);
      }
    }

    /** What is read after the steps so far; of a course, its last value. */
    public double[] reading() {
      double[] reading = new double[neurons];
      write(reading, 0);
      return reading;
    }

    /** Whether a step without spikes changes nothing but the number of steps. */
    public boolean isAtRest() {
      for (int j = 0; j < neurons; j++) {
        double c = current == null ? 0 : current[j] * synapticDecays[j] + bias[j];
        double next = leaks[j] * v[j] + (current == null ? bias[j] : c);
        boolean isSame = next == v[j] && (current == null || c == current[j]);
        if (!isSame || reads == MembraneReadOut.MEAN && v[j] != 0) {
          return false;
        }
      }
      return steps > 0;
    }

    /** Takes so many steps without spikes, at rest. */
    public void skip(long more) {
      steps += more;
    }

    /** Takes the state of others. */
    public void set(Membrane other) {
      if (current != null) {
        System.arraycopy(other.current, 0, current, 0, neurons);
      }
      System.arraycopy(other.v, 0, v, 0, neurons);
      System.arraycopy(other.summary, 0, summary, 0, neurons);
      steps = other.steps;
    }

    /** A copy of the state. */
    public IntegratorState state() {
      return new IntegratorState(
          current == null ? null : new double[][] {current.clone()},
          new double[][] {v.clone()},
          new double[][] {summary.clone()},
          new long[] {steps});
    }

    /** Writes the read-out after the steps so far; of a course, its last value. */
    void write(double[] values, int first) {
      for (int j = 0; j < neurons; j++) {
        values[first + j] =
            switch (reads) {
              case MEAN -> summary[j] / steps;
              case MAXIMUM -> summary[j];
              default -> v[j];
            };
      }
    }
  }
}
