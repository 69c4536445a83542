package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Bytes with a header in front, big-endian:
 *
 * <pre>
 *  magic      8 bytes
 *  version    2
 *  0          2
 *  CRC-32     4   of the body
 *  length     8   of the body
 * </pre>
 */
public final class SealedBody {

  /** The length of the header. */
  public static final int HEADER = 24;

  private SealedBody() {}

  /**
   * Writes header and body.
   *
   * @param target the stream; flushed, not closed
   * @throws IOException if it cannot be written
   */
  public static void write(long magic, int version, byte[] body, OutputStream target)
      throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    out.writeLong(magic);
    out.writeShort(version);
    out.writeShort(0);
    out.writeInt(checksum(body));
    out.writeLong(body.length);
    out.write(body);
    out.flush();
  }

  /** Writes a header in front of a body. */
  public static byte[] seal(long magic, int version, byte[] all) {
    CRC32 checksum = new CRC32();
    checksum.update(all, HEADER, all.length - HEADER);
    ByteBuffer.wrap(all)
        .putLong(magic)
        .putShort((short) version)
        .putShort((short) 0)
        .putInt((int) checksum.getValue())
        .putLong(all.length - HEADER);
    return all;
  }

  /** {@return the checksum of a body} */
  public static int checksum(byte[] body) {
    CRC32 checksum = new CRC32();
    checksum.update(body);
    return (int) checksum.getValue();
  }
}
