package org.dl4jsnn.monitor.live;

/**
 * Where a {@link LiveSpikesListener} shows what it saw. Called on a thread of the listener's own,
 * one call after the other. What it throws is logged, once, and does not end the training.
 */
@FunctionalInterface
public interface LiveSink {

  /**
   * Takes what was seen; it replaces what was seen before.
   *
   * @param seen what the network did with the sample
   */
  void show(LiveSpikes seen);
}
