package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * Decides which layers an engine may sum in its own order. All others are simulated by the
 * event-driven engine, which checks each membrane, so every engine gives the same result.
 */
public final class SafeSums {

  /** Far enough below the largest half-precision number, 65,504, to allow for rounding. */
  private static final double SAFE_HALF = 0x1p15;

  private SafeSums() {}

  /**
   * Whether no charged neuron can become infinite or NaN. Unknown for neurons other than {@link
   * SpikingNeuron}.
   *
   * @param currentBound a magnitude that no current of a step exceeds, nor any part of its sum
   */
  static boolean stayFinite(NeuronDynamics neuron, NeuronState start, double currentBound) {
    return neuron instanceof SpikingNeuron spiking
        && KernelNeuron.of(spiking).staysFinite(currentBound, start.largest());
  }

  /**
   * {@return whether no current can become infinite or NaN, and, for {@link SpikingNeuron}, no
   * membrane potential; false if each step's membranes must be checked}
   *
   * @param currentBound a magnitude that no current of a step exceeds, nor any part of its sum
   * @param isHalf whether currents have half precision; membranes have single precision at least
   */
  public static boolean hold(
      NeuronDynamics neuron, NeuronState start, double currentBound, boolean isHalf) {
    return (!isHalf || currentBound < SAFE_HALF)
        && (neuron instanceof SpikingNeuron
            ? stayFinite(neuron, start, currentBound)
            : currentBound < Float.MAX_VALUE / 2);
  }
}
