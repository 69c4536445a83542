package org.dl4jsnn.internal.layer;

/**
 * What a layer carries from call to call.
 *
 * @param <S> an immutable state
 */
final class CarriedState<S> {

  private final S atStart;

  /** The state before the next piece. */
  private S now;

  /** The state after the last piece of training; Deeplearning4j sets it after the update. */
  private S afterPiece;

  CarriedState(S atStart) {
    this.atStart = atStart;
    clear();
  }

  S now() {
    return now;
  }

  void goOnWith(S state) {
    now = state;
  }

  S afterPiece() {
    return afterPiece;
  }

  void leave(S state) {
    afterPiece = state;
  }

  void clear() {
    now = atStart;
    afterPiece = atStart;
  }
}
