package org.dl4jsnn.encode;

import org.dl4jsnn.contract.SpikeEncoderContract;

/** What latency coding keeps, with times of either kind. */
abstract class LatencyEncoderContract extends SpikeEncoderContract {

  /** The encoder whose window is its span. */
  abstract LatencyEncoder latency(int span);

  /** The span does not change, so a longer window begins with the spikes of a shorter one. */
  @Override
  protected SpikeEncoder encoder(int steps) {
    return latency(40).withSteps(steps);
  }
}
