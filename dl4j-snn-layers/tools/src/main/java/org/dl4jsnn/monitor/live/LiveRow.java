package org.dl4jsnn.monitor.live;

import java.util.BitSet;

/**
 * A neuron's spikes.
 *
 * @param neuron its index in the order of arrays, (channel · height + y) · width + x
 * @param spikes the steps at which it fired, from 0
 */
public record LiveRow(int neuron, BitSet spikes) {

  /**
   * Copies the spikes.
   *
   * @param neuron its index
   * @param spikes the steps at which it fired
   */
  public LiveRow {
    spikes = (BitSet) spikes.clone();
  }

  /**
   * The spikes.
   *
   * @return a copy of the steps at which it fired, from 0
   */
  @Override
  public BitSet spikes() {
    return (BitSet) spikes.clone();
  }
}
