package org.dl4jsnn.encode;

import org.dl4jsnn.spike.SpikeTrain;

/**
 * A piece of a stream, encoded.
 *
 * @param spikes the spikes of the piece's steps
 * @param end what the next piece begins with
 */
public record EncodedPiece(SpikeTrain spikes, EncoderState end) {

  /**
   * A piece of an encoder that remembers nothing but the number of steps.
   *
   * @param spikes the spikes of the piece's steps
   * @param start what the piece began with
   * @return the piece
   */
  public static EncodedPiece of(SpikeTrain spikes, EncoderState start) {
    return new EncodedPiece(spikes, start.after(spikes.steps()));
  }
}
