package org.dl4jsnn.internal.layer;

import org.deeplearning4j.exception.DL4JInvalidConfigException;

/**
 * Detects that a MultiLayerNetwork is fitted without any minibatch reaching its layers.
 *
 * <p>With {@code BackpropType.TruncatedBPTT}, {@code MultiLayerNetwork.fit} skips every minibatch
 * whose labels have no time axis, such as those of an output layer: it writes a line to the log and
 * trains nothing. No layer is run, but two traces remain:
 *
 * <ul>
 *   <li>{@code fit(iterator)} tells layers the counts of iterations and epochs after every
 *       minibatch. Only then do the same counts come twice with neither a forward pass nor the size
 *       of a minibatch between them.
 *   <li>{@code fit(DataSet)} tells layers the size of the minibatch, clears them, and tells them
 *       the counts, without a forward pass.
 * </ul>
 *
 * <p>A ComputationGraph does not skip, and leaves other traces; it is not watched.
 */
final class SkippedMinibatches {

  private final String layer;
  private final boolean isWatched;
  private int iteration = -1;
  private int epoch = -1;
  private boolean hasPassed;
  private boolean isAnnounced;
  private boolean isLeft;

  /** Watches a layer, as messages name it, if its network is a MultiLayerNetwork. */
  SkippedMinibatches(String layer, boolean isWatched) {
    this.layer = layer;
    this.isWatched = isWatched;
  }

  /** The size of a minibatch was set. */
  void announced() {
    isAnnounced = true;
    isLeft = false;
    hasPassed = false;
  }

  /** A forward pass reached the layer. */
  void passed() {
    hasPassed = true;
  }

  /** The layer was cleared. */
  void cleared() {
    isLeft = true;
  }

  /** The counts were set; throws if a minibatch was skipped before. */
  void counted(int ofIteration, int ofEpoch) {
    boolean again = iteration == ofIteration && epoch == ofEpoch;
    boolean isSkipped = again && !hasPassed && (!isAnnounced || isLeft);
    iteration = ofIteration;
    epoch = ofEpoch;
    hasPassed = false;
    isAnnounced = false;
    isLeft = false;
    if (isWatched && isSkipped) {
      throw skipped();
    }
  }

  private DL4JInvalidConfigException skipped() {
    return new DL4JInvalidConfigException(
        layer
            + ": backpropType TruncatedBPTT needs features and labels with a time axis of the same"
            + " length, [minibatch, n, T], and Deeplearning4j skips every other minibatch. Either"
            + " read out every step, with labels [minibatch, classes, T], or remove backpropType and"
            + " the tBPTT lengths; if memory is short, use AsfBackprop, whose memory does not grow"
            + " with T, or SpatioTemporalBackprop.withSegments(n)");
  }
}
