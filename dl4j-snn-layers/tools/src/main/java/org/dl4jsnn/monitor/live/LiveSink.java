package org.dl4jsnn.monitor.live;

/**
 * Shows what a {@link LiveSpikesListener} saw. Called on the listener's own thread, one call after
 * another. An exception that it throws is logged, once, and does not end the training.
 */
@FunctionalInterface
public interface LiveSink {

  /**
   * Shows what was seen, in place of what was shown before.
   *
   * @param seen what the network did with the sample
   */
  void show(LiveSpikes seen);
}
