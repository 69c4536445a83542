package org.dl4jsnn.internal.live;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.spike.SpikeRecorder;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Delays of spikes (equation 78 of docs/mathematics.md). */
public final class DelayLayer implements LiveLayer {

  private static final int INITIAL_CAPACITY = 16;

  private final FeatureShape shape;

  /** By neuron, in order of position and channel. */
  private final int[] delays;

  /** Those that occur, each once. */
  private final int[] different;

  private final int longest;

  public DelayLayer(SpikeDelays of) {
    int[] inOrderOfArrays = of.steps();
    shape = of.shape();
    delays =
        IntStream.range(0, inOrderOfArrays.length)
            .map(neuron -> inOrderOfArrays[shape.arrayIndex(neuron)])
            .toArray();
    different = Arrays.stream(delays).distinct().toArray();
    longest = SpikeDelays.longest(delays);
  }

  @Override
  public LivePart atRest() {
    return new Live();
  }

  @Override
  public PartScratch newScratch() {
    return PartScratch.ofSums(shape, StepSums.of(shape, 1));
  }

  /**
   * A ring of the spikes of the latest steps, as many as the longest delay, in the order in which
   * they came. Every delay reads it from a place of its own.
   */
  private final class Live implements LivePart {

    private long[] steps = new long[INITIAL_CAPACITY];
    private int[] neurons = new int[INITIAL_CAPACITY];
    private float[] amplitudes = new float[INITIAL_CAPACITY];

    /** Spikes that ever came and were forgotten; their numbers modulo the capacity are places. */
    private long first;

    private long end;

    /** By delay, the number of the next spike that it looks at. */
    private final long[] next = new long[different.length];

    private long now;

    @Override
    public void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked) {
      SpikeEvents events = inputs.get(0);
      for (int e = 0; e < events.size(); e++) {
        append(now, events.neuron(e), events.amplitude(e));
      }
      for (int k = 0; k < different.length; k++) {
        long due = now - different[k];
        for (; next[k] < end && steps[place(next[k])] <= due; next[k]++) {
          int place = place(next[k]);
          if (steps[place] == due && delays[neurons[place]] == different[k]) {
            scratch.sums.add(neurons[place], amplitudes[place]);
          }
        }
      }
      scratch.sums.drain(scratch.fired);
      now++;
      forget();
    }

    private int place(long number) {
      return (int) (number & steps.length - 1);
    }

    private void append(long step, int neuron, float amplitude) {
      if (end - first == steps.length) {
        grow();
      }
      steps[place(end)] = step;
      neurons[place(end)] = neuron;
      amplitudes[place(end++)] = amplitude;
    }

    private void grow() {
      int size = steps.length;
      long[] grownSteps = new long[2 * size];
      int[] grownNeurons = new int[2 * size];
      float[] grownAmplitudes = new float[2 * size];
      for (long number = first; number < end; number++) {
        int to = (int) (number & 2 * size - 1);
        grownSteps[to] = steps[place(number)];
        grownNeurons[to] = neurons[place(number)];
        grownAmplitudes[to] = amplitudes[place(number)];
      }
      steps = grownSteps;
      neurons = grownNeurons;
      amplitudes = grownAmplitudes;
    }

    /** Forgets what no delay and no line wants. */
    private void forget() {
      while (first < end && steps[place(first)] < now - longest) {
        first++;
      }
    }

    /** Without spikes in the ring. */
    @Override
    public boolean isAtRest() {
      return first == end;
    }

    @Override
    public void skip(long more) {
      now += more;
    }

    @Override
    public void set(LivePart other) {
      Live that = (Live) other;
      if (steps.length != that.steps.length) {
        steps = new long[that.steps.length];
        neurons = new int[steps.length];
        amplitudes = new float[steps.length];
      }
      System.arraycopy(that.steps, 0, steps, 0, steps.length);
      System.arraycopy(that.neurons, 0, neurons, 0, neurons.length);
      System.arraycopy(that.amplitudes, 0, amplitudes, 0, amplitudes.length);
      first = that.first;
      end = that.end;
      System.arraycopy(that.next, 0, next, 0, next.length);
      now = that.now;
    }

    @Override
    public PartState save() {
      int held = (int) Math.min(longest, now);
      if (held == 0) {
        return PartState.AT_REST;
      }
      SpikeRecorder recorder = new SpikeRecorder(held);
      float[] totals = new float[shape.neurons()];
      boolean areOnes = true;
      long number = first;
      for (int step = 0; step < held; step++) {
        for (; number < end && steps[place(number)] <= now - held + step; number++) {
          int neuron = neurons[place(number)];
          float amplitude = amplitudes[place(number)];
          recorder.add(neuron, amplitude);
          totals[shape.arrayIndex(neuron)] += amplitude;
          areOnes &= amplitude == 1;
        }
        recorder.endStep(step);
      }
      EventSpikeTrain.Sample[] sample = {recorder.sample(areOnes)};
      return PartState.of(
          DelayLine.of(longest, EventSpikeTrain.unchecked(shape, held, sample, areOnes, totals)));
    }

    @Override
    public void restore(PartState state) {
      first = 0;
      end = 0;
      now = 0;
      if (!state.line().isEmpty()) {
        SpikeTrain spikes = state.line().spikes();
        SpikeEvents events = new SpikeEvents(shape);
        for (int step = 0; step < spikes.steps(); step++) {
          spikes.read(0, step, events);
          for (int e = 0; e < events.size(); e++) {
            append(step, events.neuron(e), events.amplitude(e));
          }
        }
        now = spikes.steps();
      }
      for (int k = 0; k < different.length; k++) {
        next[k] = 0;
        while (next[k] < end && steps[place(next[k])] < now - different[k]) {
          next[k]++;
        }
      }
    }
  }
}
