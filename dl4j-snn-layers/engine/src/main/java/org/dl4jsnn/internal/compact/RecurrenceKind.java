package org.dl4jsnn.internal.compact;

/** Recurrent connections and the form of their weights; files hold the ordinals. */
public enum RecurrenceKind {
  /** No recurrence. */
  NONE(NeuronPart.Recurrence.NONE, false),
  /** Every neuron to every neuron, in single precision. */
  FULL(NeuronPart.Recurrence.FULL, false),
  /** Every neuron to itself, in single precision. */
  ONE_TO_ONE(NeuronPart.Recurrence.ONE_TO_ONE, false),
  /** Every neuron to every neuron, by integers. */
  FULL_OF_FEW_BITS(NeuronPart.Recurrence.FULL, true),
  /** Every neuron to itself, by integers. */
  ONE_TO_ONE_OF_FEW_BITS(NeuronPart.Recurrence.ONE_TO_ONE, true);

  private final NeuronPart.Recurrence recurrence;
  private final boolean ofFewBits;

  RecurrenceKind(NeuronPart.Recurrence recurrence, boolean ofFewBits) {
    this.recurrence = recurrence;
    this.ofFewBits = ofFewBits;
  }

  /** The kind of connections with weights of some bits; 0 for single precision. */
  static RecurrenceKind of(NeuronPart.Recurrence recurrence, int bits) {
    for (RecurrenceKind kind : values()) {
      if (kind.recurrence == recurrence && kind.ofFewBits == bits > 0) {
        return kind;
      }
    }
    throw new IllegalArgumentException("weights without connections must have 0 bits, got " + bits);
  }

  /** The connections. */
  public NeuronPart.Recurrence recurrence() {
    return recurrence;
  }

  /** Whether the weights are integers times powers of two; false for single precision. */
  public boolean isOfFewBits() {
    return ofFewBits;
  }
}
