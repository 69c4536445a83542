package org.dl4jsnn.encode;

import org.dl4jsnn.spike.SpikeTrain;

/**
 * An encoded piece of a stream.
 *
 * @param spikes the spikes of the piece's steps
 * @param end the state before the next piece
 */
public record EncodedPiece(SpikeTrain spikes, EncoderState end) {

  /**
   * {@return a piece from an encoder that remembers only the number of steps}
   *
   * @param spikes the spikes of the piece's steps
   * @param start the state before the piece
   */
  public static EncodedPiece of(SpikeTrain spikes, EncoderState start) {
    return new EncodedPiece(spikes, start.after(spikes.steps()));
  }
}
