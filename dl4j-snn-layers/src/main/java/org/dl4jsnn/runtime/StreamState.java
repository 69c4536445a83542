package org.dl4jsnn.runtime;

import java.util.List;
import org.dl4jsnn.internal.encode.DeltaState;

/**
 * The immutable state of a network between two pieces of a stream.
 *
 * @param steps the steps so far
 * @param signals the memory of delta coding; its initial value with other codes
 * @param parts the state of every part; null before the first step
 */
record StreamState(long steps, DeltaState signals, List<PartState> parts) {

  /** Before the first step. */
  static final StreamState AT_REST = new StreamState(0, DeltaState.beforeFirstStep(), null);

  PartState part(int part) {
    return parts == null ? PartState.AT_REST : parts.get(part);
  }
}
