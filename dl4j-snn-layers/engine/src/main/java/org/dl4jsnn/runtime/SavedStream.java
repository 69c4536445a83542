package org.dl4jsnn.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The immutable state of a network between two pieces of a stream.
 *
 * @param steps the steps so far
 * @param signals the memory of delta coding; its initial value with other codes
 * @param parts the state of every part; null before the first step
 * @param counts spikes so far of the neurons whose rates are read, by place; double precision
 *     counts them exactly for longer than any stream lasts
 * @param readings the outputs of the last piece if membranes are read; otherwise null
 */
record SavedStream(
    long steps,
    DeltaState signals,
    List<PartState> parts,
    Map<Integer, double[]> counts,
    float[] readings) {

  /** Before the first step. */
  static final SavedStream AT_REST =
      new SavedStream(0, DeltaState.beforeFirstStep(), null, Map.of(), null);

  PartState part(int part) {
    return parts == null ? PartState.AT_REST : parts.get(part);
  }

  /** The spikes since the stream began, after more of the places that are read. */
  Map<Integer, double[]> countsWith(Set<Integer> sources, IntFunction<SpikeTrain> trains) {
    Map<Integer, double[]> sums = new HashMap<>();
    for (int place : sources) {
      float[] more = trains.apply(place).totals();
      double[] before = counts.get(place);
      double[] all = new double[more.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = (before == null ? 0 : before[i]) + more[i];
      }
      sums.put(place, all);
    }
    return sums;
  }

  /** The rates over all steps so far of a place that is read: spikes per step. */
  float[] rates(int place) {
    return rates(counts.get(place), steps);
  }

  /** Spikes per step. */
  static float[] rates(double[] spikes, long steps) {
    float[] rates = new float[spikes.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (float) (spikes[i] / steps);
    }
    return rates;
  }
}
