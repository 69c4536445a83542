package org.dl4jsnn.runtime;

import java.util.Arrays;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The events of all places over some steps, copied as they come. Trains are made when asked for.
 */
final class RecordedSteps {

  private final CompactModel model;

  /** By place; null for one without spikes. */
  private final List[] lists;

  private int steps;

  /** The events of a place, step after step. */
  private static final class List {

    private int[] firstOfStep = new int[2];
    private int[] neurons = new int[0];

    /** Null while all are 1. */
    private float[] amplitudes;

    private int size;

    void take(SpikeEvents events, int step) {
      int room = size + events.size();
      if (room > neurons.length) {
        int capacity = step == 0 ? room : Math.max(room, 2 * size);
        neurons = Arrays.copyOf(neurons, capacity);
        amplitudes = amplitudes == null ? null : Arrays.copyOf(amplitudes, capacity);
      }
      for (int e = 0; e < events.size(); e++) {
        float amplitude = events.amplitude(e);
        if (amplitude != 1 && amplitudes == null) {
          amplitudes = new float[neurons.length];
          Arrays.fill(amplitudes, 0, size, 1);
        }
        if (amplitudes != null) {
          amplitudes[size] = amplitude;
        }
        neurons[size++] = events.neuron(e);
      }
      if (step + 1 == firstOfStep.length) {
        firstOfStep = Arrays.copyOf(firstOfStep, 2 * firstOfStep.length);
      }
      firstOfStep[step + 1] = size;
    }

    SpikeTrain train(FeatureShape shape, int first, int count) {
      int from = firstOfStep[first];
      int end = firstOfStep[first + count];
      int[] bounds = Arrays.copyOfRange(firstOfStep, first, first + count + 1);
      for (int step = 0; step <= count; step++) {
        bounds[step] -= from;
      }
      float[] graded = amplitudes == null ? null : Arrays.copyOfRange(amplitudes, from, end);
      float[] totals = new float[shape.neurons()];
      for (int e = from; e < end; e++) {
        totals[shape.arrayIndex(neurons[e])] += amplitudes == null ? 1 : amplitudes[e];
      }
      EventSpikeTrain.Sample[] sample = {
        new EventSpikeTrain.Sample(bounds, Arrays.copyOfRange(neurons, from, end), graded)
      };
      return EventSpikeTrain.unchecked(shape, count, sample, graded == null, totals);
    }
  }

  RecordedSteps(CompactModel model) {
    this.model = model;
    this.lists = new List[model.shapes().size()];
  }

  /** Takes a step. */
  void take(LiveNetwork.Workspace step) {
    for (int place = 0; place < lists.length; place++) {
      SpikeEvents events = step.events(place);
      if (events != null) {
        if (lists[place] == null) {
          lists[place] = new List();
        }
        lists[place].take(events, steps);
      }
    }
    steps++;
  }

  int steps() {
    return steps;
  }

  /** The train of a place; null for one without spikes. */
  SpikeTrain train(int place) {
    return train(place, 0, steps);
  }

  /** Some steps of it. */
  SpikeTrain train(int place, int first, int count) {
    return lists[place] == null
        ? null
        : lists[place].train(model.shapes().get(place), first, count);
  }

  /** Spikes per step of a place. */
  float[] rates(int place) {
    return ReadOutRates.of(train(place));
  }

  /** What the lists take, in bytes. */
  double bytes() {
    double bytes = 0;
    for (List list : lists) {
      bytes += list == null ? 0 : 8.0 * list.neurons.length + 4.0 * list.firstOfStep.length;
    }
    return bytes;
  }
}
