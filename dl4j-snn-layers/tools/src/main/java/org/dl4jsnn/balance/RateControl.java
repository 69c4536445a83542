package org.dl4jsnn.balance;

/**
 * Sets a layer's firing rate by its drive: the strength of currents relative to the threshold, 1
 * for the unchanged layer. The rate rises with the drive.
 *
 * <ul>
 *   <li>{@link ThresholdControl}: divides the threshold by the drive.
 *   <li>{@link WeightControl}: multiplies the weights by the drive.
 * </ul>
 */
interface RateControl {

  /** Sets the layer's drive; 1 restores the layer bit for bit. */
  void turn(double drive);

  /** The greatest drive that the layer can have. */
  double most();

  /** The factor that a drive multiplies by. */
  double factor(double drive);
}
