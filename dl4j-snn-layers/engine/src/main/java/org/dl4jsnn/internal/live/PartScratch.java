package org.dl4jsnn.internal.live;

import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/** Memory of a part for one step; between two steps it belongs to no stream. */
public final class PartScratch {

  /** The spikes of the step; null for a part without spikes. */
  final SpikeEvents fired;

  /** Charges neurons; null for a part without any. */
  final StepCharge charge;

  /** Positions that events reach, a bit each; zero between steps. */
  final long[] reached;

  /** Sums of amplitudes; null for a part that adds none. */
  final StepSums sums;

  /** A number per neuron; null for a part that needs none. */
  final float[] values;

  private PartScratch(
      SpikeEvents fired, StepCharge charge, long[] reached, StepSums sums, float[] values) {
    this.fired = fired;
    this.charge = charge;
    this.reached = reached;
    this.sums = sums;
    this.values = values;
  }

  static PartScratch ofNeurons(FeatureShape shape, StepCharge charge) {
    return new PartScratch(
        new SpikeEvents(shape), charge, new long[words(shape.positions())], null, null);
  }

  static PartScratch ofValues(FeatureShape shape, StepCharge charge) {
    return new PartScratch(new SpikeEvents(shape), charge, null, null, new float[shape.neurons()]);
  }

  static PartScratch ofSums(FeatureShape shape, StepSums sums) {
    return new PartScratch(new SpikeEvents(shape), null, null, sums, null);
  }

  static PartScratch withoutSpikes() {
    return new PartScratch(null, null, null, null, null);
  }

  /** Words that hold so many bits. */
  static int words(int bits) {
    return (bits - 1) / Long.SIZE + 1;
  }

  /** The spikes of the step; null for a part without spikes. */
  public SpikeEvents fired() {
    return fired;
  }
}
