package org.dl4jsnn.internal.layer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once a layer, where a rule goes by epochs and nobody counts them: ParallelWrapper does
 * not. Each of its passes over the data trains in a thread of its own, so that a new thread at an
 * epoch that has been trained in before tells of a pass that was not counted. (So does a program
 * that trains single minibatches from changing threads; then the warning means nothing.)
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

  /** Looks at a backward pass of the calling thread. */
  void look(int ofEpoch, int iteration) {
    long now = Thread.currentThread().getId();
    if (epoch == ofEpoch && thread != now && !hasWarned && layer.backprop().countsEpochs()) {
      hasWarned = true;
      LOG.warn(
          "{}: training went on in another thread at iteration {}, and the epoch is still {}."
              + " {} goes by epochs, so that every pass over the data is to it the same one."
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
