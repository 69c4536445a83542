package org.dl4jsnn.internal.layer;

import org.deeplearning4j.exception.DL4JInvalidConfigException;

/**
 * Notices that the state after a piece of truncated backpropagation is lost. A MultiLayerNetwork
 * runs a frozen layer over every piece, but neither teaches it nor hands its state on, so that the
 * layer would begin every piece anew: two pieces, with nothing between them.
 */
final class PieceWatch {

  private final String layer;
  private boolean isLeft;

  PieceWatch(String layer) {
    this.layer = layer;
  }

  /**
   * The state after a piece of training was left.
   *
   * @throws DL4JInvalidConfigException if that after the piece before was never looked at
   */
  void left() {
    if (isLeft) {
      isLeft = false;
      throw lost(layer + ": it");
    }
    isLeft = true;
  }

  /** The layer was taught, or its state was set or cleared. */
  void seen() {
    isLeft = false;
  }

  /** The refusal of a layer that begins every piece anew. */
  static DL4JInvalidConfigException lost(String layer) {
    return new DL4JInvalidConfigException(
        layer
            + " must carry its state from piece to piece under backpropType TruncatedBPTT, got a state"
            + " that was lost. Possible cause: a frozen layer, whose state Deeplearning4j does not keep"
            + " there. Give it the updater Sgd(0) instead, which leaves its weights as they are");
  }
}
