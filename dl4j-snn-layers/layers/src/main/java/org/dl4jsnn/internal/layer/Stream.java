package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer carries from call to call, and its form in Deeplearning4j.
 *
 * <p>It also detects that the state after a piece of truncated backpropagation is lost. A
 * MultiLayerNetwork runs a frozen layer over every piece, but does not hand on its state, so the
 * layer would start again at every piece. The sign is two pieces whose state was neither set nor
 * cleared between them. A backward pass is no sign of the contrary: {@code FrozenLayerWithBackprop}
 * has one.
 */
abstract class Stream<S> {

  private final Supplier<String> layer;
  private final S atStart;

  /** The state before the next piece. */
  private S now;

  /** The state after the last piece of training; Deeplearning4j sets it after the update. */
  private S afterPiece;

  private boolean isLeft;

  /** A stream that has not begun, of the layer that messages name so. */
  Stream(Supplier<String> layer, S atStart) {
    this.layer = layer;
    this.atStart = atStart;
    this.now = atStart;
    this.afterPiece = atStart;
  }

  /** A state in Deeplearning4j's form; empty for the state before the first step. */
  abstract Map<String, INDArray> arrays(S state);

  /** The state from arrays, of which there is at least one. */
  abstract S state(Map<String, INDArray> arrays);

  final S atStart() {
    return atStart;
  }

  final S now() {
    return now;
  }

  final void goOnWith(S state) {
    now = state;
  }

  final void leave(S state) {
    afterPiece = state;
  }

  final Map<String, INDArray> arrays() {
    return arrays(now);
  }

  final Map<String, INDArray> arraysAfterPiece() {
    return arrays(afterPiece);
  }

  final void set(Map<String, INDArray> arrays) {
    isLeft = false;
    now = stateOrStart(arrays);
  }

  final void setAfterPiece(Map<String, INDArray> arrays) {
    afterPiece = stateOrStart(arrays);
  }

  final void clear() {
    isLeft = false;
    now = atStart;
    afterPiece = atStart;
  }

  /** An empty map, or null, is the state before the first step. */
  private S stateOrStart(Map<String, INDArray> arrays) {
    if (arrays == null || arrays.isEmpty()) {
      return atStart;
    }
    try {
      return state(arrays);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(layer.get() + ": " + e.getMessage(), e);
    }
  }

  /** The only array of a state. */
  static INDArray only(String variable, Map<String, INDArray> arrays) {
    INDArray array = arrays.get(variable);
    Require.not(
        arrays.size() != 1 || array == null,
        "state must have the variable %s, got %s",
        variable,
        arrays.keySet());
    return array;
  }

  /**
   * Begins a piece of training.
   *
   * @throws DL4JInvalidConfigException if the state after the piece before was never used
   */
  final void beginPiece() {
    if (isLeft) {
      isLeft = false;
      throw lost(layer.get() + ": it");
    }
    isLeft = true;
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
