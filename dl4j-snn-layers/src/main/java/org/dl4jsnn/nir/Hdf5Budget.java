package org.dl4jsnn.nir;

/**
 * How much a file may still hold: what a header claims is counted before it is read, so that a
 * small file cannot take any amount of memory.
 */
final class Hdf5Budget {

  /** No compression packs more bytes into one: deflate's best is 1,032. */
  private static final long PACKED = 1100;

  private static final long LEAST = 1L << 20;
  private static final long MOST = 1L << 29;
  private static final int NODES = 10_000;

  private long bytes;
  private int nodes = NODES;

  Hdf5Budget(long fileSize) {
    bytes = Math.min(MOST, Math.max(LEAST, fileSize * PACKED));
  }

  /** Takes bytes; false where there are not as many left. */
  boolean take(long count) {
    if (count < 0 || count > bytes) {
      return false;
    }
    bytes -= count;
    return true;
  }

  /** Takes a node of the graph or a data set; false where there were too many. */
  boolean takeNode() {
    return --nodes >= 0;
  }

  /** How many bytes are left. */
  long bytes() {
    return bytes;
  }
}
