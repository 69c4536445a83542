package org.dl4jsnn.internal.layer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once per layer if a rule depends on epochs that are not counted, as with ParallelWrapper.
 * Each of its passes over the data trains in a new thread, so a new thread at an epoch that has
 * been trained before reveals an uncounted pass. (A program that trains single minibatches from
 * changing threads looks the same; the warning is then meaningless.)
 */
final class EpochWatch {

  private static final Logger LOG = LoggerFactory.getLogger(EpochWatch.class);

  private final LayerSettings layer;
  private long thread;
  private int epoch = -1;
  private boolean hasWarned;

  EpochWatch(LayerSettings layer) {
    this.layer = layer;
  }

  /** Checks a backward pass of the calling thread. */
  void look(int ofEpoch, int iteration) {
    long now = Thread.currentThread().getId();
    if (epoch == ofEpoch && thread != now && !hasWarned && layer.backprop().countsEpochs()) {
      hasWarned = true;
      LOG.warn(
          "{}: training went on in another thread at iteration {}, and the epoch is still {}."
              + " {} depends on the epoch, which must count every pass over the data."
              + " Possible cause: ParallelWrapper does not count epochs. Call"
              + " network.incrementEpochCount() after each of its passes, or choose a schedule by"
              + " iterations",
          layer.name(),
          iteration,
          ofEpoch,
          layer.backprop());
    }
    thread = now;
    epoch = ofEpoch;
  }
}
