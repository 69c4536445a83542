package org.dl4jsnn.internal.compact;

/** Kinds of parts; files hold their ordinals. */
public enum PartKind {
  /** {@link NeuronPart}. */
  NEURONS,
  /** {@link PoolingPart}. */
  POOLING,
  /** {@link MergePart}. */
  MERGE,
  /** {@link IntegratorPart}. */
  INTEGRATORS,
  /** {@link ReadOutPart}. */
  READ_OUT,
  /** {@link DelayPart}. */
  DELAYS,
  /** {@link IntegratorPart} with leaks per neuron or with a synaptic current. */
  VARIED_INTEGRATORS,
  /** {@link AccumulationPart}. */
  ACCUMULATION
}
