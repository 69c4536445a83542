package org.dl4jsnn.nir;

/**
 * How much a file may still hold. What a header claims is counted before it is read, so a small
 * file cannot take unlimited memory.
 */
final class Hdf5Budget {

  /** The largest compression ratio; deflate's is 1,032. */
  private static final long PACKED = 1100;

  private static final long LEAST = 1L << 20;
  private static final long MOST = 1L << 29;

  /** The most groups and data sets of a file. */
  static final int NODES = 10_000;

  private final long fileSize;
  private long bytes;
  private int nodes = NODES;

  Hdf5Budget(long fileSize) {
    this.fileSize = fileSize;
    bytes = Math.min(MOST, Math.max(LEAST, fileSize * PACKED));
  }

  /** Takes bytes; false if fewer are left. */
  boolean take(long count) {
    if (count < 0 || count > bytes) {
      return false;
    }
    bytes -= count;
    return true;
  }

  /** Takes a group or a data set; false if there were too many. */
  boolean takeNode() {
    return --nodes >= 0;
  }

  /** The bytes of the file. */
  long fileSize() {
    return fileSize;
  }

  /** The bytes left. */
  long bytes() {
    return bytes;
  }
}
