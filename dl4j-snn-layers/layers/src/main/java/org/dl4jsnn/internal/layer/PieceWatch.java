package org.dl4jsnn.internal.layer;

import org.deeplearning4j.exception.DL4JInvalidConfigException;

/**
 * Detects that the state after a piece of truncated backpropagation is lost. A MultiLayerNetwork
 * runs a frozen layer over every piece, but does not hand on its state, so the layer would start
 * again at every piece. The sign is two pieces whose state was neither set nor cleared between
 * them. A backward pass is no sign of the contrary: {@code FrozenLayerWithBackprop} has one.
 */
final class PieceWatch {

  private final String layer;
  private boolean isLeft;

  PieceWatch(String layer) {
    this.layer = layer;
  }

  /**
   * Records that the state after a piece of training was left.
   *
   * @throws DL4JInvalidConfigException if the state after the piece before was never used
   */
  void left() {
    if (isLeft) {
      isLeft = false;
      throw lost(layer + ": it");
    }
    isLeft = true;
  }

  /** Records that the layer's state was set or cleared. */
  void seen() {
    isLeft = false;
  }

  /** The exception for a layer that would start again at every piece. */
  static DL4JInvalidConfigException lost(String layer) {
    return new DL4JInvalidConfigException(
        layer
            + " must carry its state from piece to piece under backpropType TruncatedBPTT, got another"
            + " piece before its state was handed on. Possible cause: a frozen layer, whose state Deeplearning4j does not keep"
            + " there (give it the updater Sgd(0) instead, which leaves its weights as they are), or an"
            + " optimizationAlgo that searches along a line");
  }
}
