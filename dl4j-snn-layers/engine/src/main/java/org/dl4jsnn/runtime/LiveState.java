package org.dl4jsnn.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.encode.DeltaState;
import org.dl4jsnn.internal.live.IntegratorLayer;
import org.dl4jsnn.internal.live.LiveLayer;
import org.dl4jsnn.internal.live.LivePart;
import org.dl4jsnn.internal.live.PartScratch;
import org.dl4jsnn.internal.live.PartState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The state of a network in one stream, where it is computed: membranes, currents, delayed spikes
 * and counts. {@link #save} makes a value of it. Not thread-safe.
 */
final class LiveState {

  /** Membranes below this cannot exceed single precision by safe steps. */
  private static final double LARGE = 0x1p100;

  private final LiveNetwork network;

  /** The state of every part; null for a read-out. */
  private final List<LivePart> parts = new ArrayList<>();

  /** The places whose spikes are counted. */
  private final int[] sources;

  /** Spikes so far, by source and in array order. */
  private final double[][] counts;

  private DeltaState signals = DeltaState.beforeFirstStep();
  private long steps;

  /** Whether a membrane is so large that every step must be checked. */
  private boolean isLarge;

  LiveState(LiveNetwork network) {
    this.network = network;
    for (LiveLayer layer : network.layers()) {
      parts.add(layer == null ? null : layer.atRest());
    }
    this.sources = network.readOut().sources().stream().mapToInt(Integer::intValue).toArray();
    this.counts = new double[sources.length][];
    for (int i = 0; i < sources.length; i++) {
      counts[i] = new double[network.model().shapes().get(sources[i]).neurons()];
    }
  }

  /**
   * Runs a step.
   *
   * @param workspace memory, with the events of the features
   * @param largest the largest amplitude among these
   * @throws IllegalArgumentException if a membrane potential exceeds single precision; the state is
   *     unchanged
   */
  void step(LiveNetwork.Workspace workspace, float largest) {
    step(workspace, largest, null, 0);
  }

  /**
   * Runs a step of a window, parts of which have run already. If it fails, the state is undefined.
   *
   * @param ran the trains of these by place; null for a part to run; null if all are to run
   * @param step the step of the trains
   */
  void step(LiveNetwork.Workspace workspace, float largest, List<SpikeTrain> ran, int step) {
    boolean checked = isLarge || !network.isSafe(largest);
    if (checked && ran == null) {
      if (workspace.before == null) {
        workspace.before = new LiveState(network);
      }
      workspace.before.set(this);
    }
    for (int index = 0; index < parts.size(); index++) {
      PartScratch scratch = workspace.scratches.get(index);
      if (scratch == null) {
        continue;
      }
      SpikeEvents fired = scratch.fired();
      if (ran != null && ran.get(index + 1) != null) {
        ran.get(index + 1).read(0, step, fired);
        continue;
      }
      if (fired != null) {
        fired.clear();
      }
      try {
        parts.get(index).step(scratch, workspace.inputs.get(index), checked);
        if (checked && fired != null) {
          requireFinite(fired);
        }
      } catch (IllegalArgumentException e) {
        if (ran == null) {
          set(workspace.before);
        }
        String name = network.model().parts().get(index).name();
        throw new IllegalArgumentException("layer '" + name + "': " + e.getMessage(), e);
      }
    }
    for (int i = 0; i < sources.length; i++) {
      count(workspace.events(sources[i]), network.model().shapes().get(sources[i]), counts[i]);
    }
    steps++;
  }

  private static void requireFinite(SpikeEvents fired) {
    for (int e = 0; e < fired.size(); e++) {
      if (!Float.isFinite(fired.amplitude(e))) {
        FiniteFlow.require(new float[] {fired.amplitude(e)}, 1, "amplitudes that are too large");
      }
    }
  }

  private static void count(SpikeEvents events, FeatureShape shape, double[] counts) {
    for (int e = 0; e < events.size(); e++) {
      counts[events.channel(e) * shape.positions() + events.position(e)] += events.amplitude(e);
    }
  }

  /** Takes steps without events, one by one until all parts are at rest. */
  void skip(long count, LiveNetwork.Workspace workspace) {
    long left = count;
    for (; left > 0 && !isAtRest(); left--) {
      step(workspace, 0);
    }
    for (int index = 0; left > 0 && index < parts.size(); index++) {
      if (parts.get(index) != null) {
        parts.get(index).skip(left);
      }
    }
    steps += left;
  }

  private boolean isAtRest() {
    for (LivePart part : parts) {
      if (part != null && !part.isAtRest()) {
        return false;
      }
    }
    return true;
  }

  /** Runs a part in another way from here on. */
  void replace(int index, LivePart part) {
    part.restore(parts.get(index).save());
    parts.set(index, part);
  }

  private void set(LiveState other) {
    for (int index = 0; index < parts.size(); index++) {
      if (parts.get(index) != null) {
        parts.get(index).set(other.parts.get(index));
      }
    }
  }

  long steps() {
    return steps;
  }

  DeltaState signals() {
    return signals;
  }

  void signals(DeltaState after) {
    signals = after;
  }

  /** Membranes that are read, after the steps so far. */
  float[] readings() {
    LivePart read = parts.get(network.readOut().place() - 1);
    float[] values = Precision.singles(((IntegratorLayer.Live) read).reading());
    return network.readOut().outputs(values, 1);
  }

  /** The rates over all steps so far of a place that is read: spikes per step. */
  float[] rates(int place) {
    return SavedStream.rates(counts[Arrays.binarySearch(sources, place)], steps);
  }

  /** The state of a part as a value. */
  PartState part(int index) {
    return parts.get(index) == null ? PartState.AT_REST : parts.get(index).save();
  }

  /** The whole state as a value. */
  SavedStream save() {
    if (steps == 0) {
      return SavedStream.AT_REST;
    }
    List<PartState> saved = new ArrayList<>();
    for (int index = 0; index < parts.size(); index++) {
      saved.add(part(index));
    }
    Map<Integer, double[]> counted = new HashMap<>();
    for (int i = 0; i < sources.length; i++) {
      counted.put(sources[i], counts[i].clone());
    }
    float[] readings = network.readOut().readsMembranes() ? readings() : null;
    return new SavedStream(steps, signals, Collections.unmodifiableList(saved), counted, readings);
  }

  /** Goes on from a state. */
  void restore(SavedStream state) {
    steps = state.steps();
    signals = state.signals();
    isLarge = false;
    for (int index = 0; index < parts.size(); index++) {
      if (parts.get(index) != null) {
        parts.get(index).restore(state.part(index));
        isLarge |= !(state.part(index).neurons().largest() < LARGE);
      }
    }
    for (int i = 0; i < sources.length; i++) {
      double[] before = state.counts().get(sources[i]);
      Arrays.fill(counts[i], 0);
      if (before != null) {
        System.arraycopy(before, 0, counts[i], 0, before.length);
      }
    }
  }
}
