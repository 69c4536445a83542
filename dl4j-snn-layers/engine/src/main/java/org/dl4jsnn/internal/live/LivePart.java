package org.dl4jsnn.internal.live;

import java.util.List;
import org.dl4jsnn.spike.SpikeEvents;

/** The state of a part of a network in one stream. Not thread-safe. */
public interface LivePart {

  /**
   * Runs a step. If it throws, the state is undefined until {@link #set}.
   *
   * @param scratch memory of this part's layer, whose list of spikes is empty and receives those of
   *     the step
   * @param inputs the events of every input
   * @param checked whether a membrane may exceed single precision at this step
   * @throws IllegalArgumentException if a membrane potential exceeds single precision, or the
   *     events do not suit the part
   */
  void step(PartScratch scratch, List<SpikeEvents> inputs, boolean checked);

  /** Whether steps without events fire nothing and need no work; false if that is not known. */
  boolean isAtRest();

  /** Takes so many steps without events, of a part at rest. */
  void skip(long steps);

  /** Takes the state of another stream of the same layer. */
  void set(LivePart other);

  /** The state as a value. */
  PartState save();

  /** Takes a state that was saved. */
  void restore(PartState state);
}
