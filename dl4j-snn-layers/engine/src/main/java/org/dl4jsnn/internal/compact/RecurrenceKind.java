package org.dl4jsnn.internal.compact;

/** The recurrent connections of neurons; files hold their ordinals. */
public enum RecurrenceKind {
  /** None. */
  NONE,
  /** Every neuron to every neuron. */
  FULL,
  /** Every neuron to itself. */
  ONE_TO_ONE;

  /** Added in files to the ordinal if the weights are integers; {@link #NONE} has none. */
  public static final int OF_FEW_BITS = 2;

  /** The number of weights. */
  public long weights(int neurons) {
    return switch (this) {
      case NONE -> 0;
      case FULL -> (long) neurons * neurons;
      case ONE_TO_ONE -> neurons;
    };
  }
}
