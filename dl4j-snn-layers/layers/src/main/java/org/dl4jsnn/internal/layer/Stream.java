package org.dl4jsnn.internal.layer;

import java.util.Map;
import java.util.function.Function;
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
final class Stream<S> {

  private final Supplier<String> layer;
  private final S atStart;
  private final Function<S, Map<String, INDArray>> form;
  private final Function<Map<String, INDArray>, S> reader;

  /** The state before the next piece. */
  private S now;

  /** The state after the last piece of training; Deeplearning4j sets it after the update. */
  private S afterPiece;

  private boolean isLeft;

  /**
   * A stream that has not begun.
   *
   * @param layer the layer as messages name it
   * @param form a state in Deeplearning4j's form; empty for the state before the first step
   * @param reader the state from arrays, of which there is at least one
   */
  Stream(
      Supplier<String> layer,
      S atStart,
      Function<S, Map<String, INDArray>> form,
      Function<Map<String, INDArray>, S> reader) {
    this.layer = layer;
    this.atStart = atStart;
    this.form = form;
    this.reader = reader;
    this.now = atStart;
    this.afterPiece = atStart;
  }

  S atStart() {
    return atStart;
  }

  S now() {
    return now;
  }

  void goOnWith(S state) {
    now = state;
  }

  void leave(S state) {
    afterPiece = state;
  }

  Map<String, INDArray> arrays() {
    return form.apply(now);
  }

  Map<String, INDArray> arraysAfterPiece() {
    return form.apply(afterPiece);
  }

  void set(Map<String, INDArray> arrays) {
    isLeft = false;
    now = stateOrStart(arrays);
  }

  void setAfterPiece(Map<String, INDArray> arrays) {
    afterPiece = stateOrStart(arrays);
  }

  void clear() {
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
      return reader.apply(arrays);
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
  void beginPiece() {
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
