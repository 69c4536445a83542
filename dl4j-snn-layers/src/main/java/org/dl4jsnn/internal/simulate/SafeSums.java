package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.kernel.FireRule;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Tells which layers an engine may add up in its own order. All others are simulated by the
 * event-driven engine, which looks at each of their membranes, so that every engine ends the same.
 */
final class SafeSums {

  /** Far enough below the largest number of half precision, 65,504, for rounding. */
  private static final double SAFE_HALF = 0x1p15;

  private SafeSums() {}

  /**
   * Whether no sum can become infinite or NaN.
   *
   * @param currentBound a magnitude that no current of a step exceeds, nor any part of its sum
   * @param type the data type of currents; membranes have single precision at least
   */
  static boolean hold(SpikingNeuron neuron, SpikeTrain input, double currentBound, DataType type) {
    return (type != DataType.FLOAT16 || currentBound < SAFE_HALF)
        && FireRule.of(neuron).staysFinite(input.steps(), currentBound);
  }
}
