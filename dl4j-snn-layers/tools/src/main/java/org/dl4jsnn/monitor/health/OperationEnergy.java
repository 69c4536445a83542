package org.dl4jsnn.monitor.health;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.monitor.SynapticOperations;

/**
 * An estimate of the energy of a layer's arithmetic, without memory, control and neurons.
 *
 * @param picojoulesPerAddition energy of adding a weight to a membrane, once per spike and neuron
 *     that it reaches; positive and finite
 * @param picojoulesPerMultiplyAdd energy of a multiply-add in the same layer without spikes and for
 *     constant currents; positive and finite
 */
public record OperationEnergy(double picojoulesPerAddition, double picojoulesPerMultiplyAdd) {

  /**
   * Additions and multiplications of 32-bit floating point in a 45 nm process: 0.9 pJ, and 0.9 +
   * 3.7 = 4.6 pJ. Source: Horowitz, "Computing's energy problem (and what we can do about it)",
   * ISSCC 2014, doi 10.1109/ISSCC.2014.6757323.
   */
  public static final OperationEnergy FLOAT32_AT_45_NM = new OperationEnergy(0.9, 4.6);

  /**
   * Checks the figures.
   *
   * @param picojoulesPerAddition energy of adding a weight to a membrane
   * @param picojoulesPerMultiplyAdd energy of a multiply-add in the same layer without spikes
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public OperationEnergy {
    Require.positiveFinite("picojoulesPerAddition", picojoulesPerAddition);
    Require.positiveFinite("picojoulesPerMultiplyAdd", picojoulesPerMultiplyAdd);
  }

  /** The energy of a layer. */
  LayerHealth.Energy of(SynapticOperations.OfLayer layer) {
    double withoutSpikes = layer.multiplyAdds() * picojoulesPerMultiplyAdd;
    double spiking =
        layer.constantMultiplyAdds() * picojoulesPerMultiplyAdd
            + layer.additions() * picojoulesPerAddition;
    return new LayerHealth.Energy(
        layer.additions(), layer.multiplyAdds(), layer.constantInput(), spiking, withoutSpikes);
  }
}
