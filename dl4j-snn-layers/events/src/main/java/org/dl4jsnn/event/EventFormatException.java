package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A malformed file: damaged, truncated, empty, out of order, out of range, or of another format.
 * The message names the file, the byte, the rule and the value, in that order: {@code cup.aedat at
 * byte 3412: address must be below 65536, got 0x7fffffff. Possible cause: …}.
 */
public final class EventFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A path, kept as text because exceptions are serialisable. */
  private final String file;

  /** In bytes. */
  private final long offset;

  EventFormatException(Path file, long offset, String problem) {
    super(file + " at byte " + offset + ": " + problem);
    this.file = file.toString();
    this.offset = offset;
  }

  /** {@return the path of the file, as given} */
  public String file() {
    return file;
  }

  /** {@return the offset of the faulty record, in bytes from the start of the (unpacked) file} */
  public long offset() {
    return offset;
  }
}
