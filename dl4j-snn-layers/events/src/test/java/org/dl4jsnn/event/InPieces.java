package org.dl4jsnn.event;

import java.io.ByteArrayInputStream;
import java.util.function.IntUnaryOperator;

/** Bytes that come in pieces, as through a network. */
public final class InPieces extends ByteArrayInputStream {

  private final IntUnaryOperator most;
  private int reads;

  /** The length of a piece at most, by how many came before it. */
  public InPieces(byte[] bytes, IntUnaryOperator most) {
    super(bytes);
    this.most = most;
  }

  @Override
  public synchronized int read(byte[] to, int offset, int length) {
    return super.read(to, offset, Math.min(length, most.applyAsInt(reads++)));
  }

  /** It promises no bytes, so that each read is one piece. */
  @Override
  public synchronized int available() {
    return 0;
  }
}
