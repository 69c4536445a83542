package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Charges neurons with the spikes of a step, which it reads itself. One per task. */
@FunctionalInterface
public interface TrainCharge {

  /** Adds the currents of a step to membranes, in order of position and channel. */
  void charge(SpikeTrain train, int sample, int step, float[] membrane);

  /** Reads the spikes of an input of the given shape for a charge. */
  static TrainCharge of(StepCharge charge, FeatureShape input) {
    SpikeEvents arriving = new SpikeEvents(input);
    return (train, sample, step, membrane) -> {
      train.read(sample, step, arriving);
      charge.charge(arriving, membrane);
    };
  }
}
