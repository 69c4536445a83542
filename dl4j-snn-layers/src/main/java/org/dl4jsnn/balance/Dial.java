package org.dl4jsnn.balance;

/**
 * What a layer's firing rate is set by. Its drive is how strong currents are beside the threshold,
 * 1 as the layer was; the rate rises with it.
 *
 * <ul>
 *   <li>{@link ThresholdDial}: divides the threshold by the drive.
 *   <li>{@link WeightDial}: multiplies the weights by the drive.
 * </ul>
 */
interface Dial {

  /** Gives the layer a drive; 1 makes it what it was, bit for bit. */
  void turn(double drive);

  /** The greatest drive that the layer can have. */
  double most();

  /** What a drive multiplies by. */
  double factor(double drive);

  /** What is turned, as messages name it. */
  String name();
}
