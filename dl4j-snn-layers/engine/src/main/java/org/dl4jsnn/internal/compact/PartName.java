package org.dl4jsnn.internal.compact;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The name of a part in a file: its length, then UTF-8. */
public final class PartName {

  /** The most bytes of a name. */
  public static final int MOST_BYTES = 1000;

  private PartName() {}

  /**
   * Writes a name.
   *
   * @throws IllegalArgumentException if it is too long
   * @throws IOException if it cannot be written
   */
  public static void write(String name, DataOutputStream out) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "name of a layer must have at most "
              + MOST_BYTES
              + " bytes in UTF-8, got "
              + bytes.length
              + ": "
              + name);
    }
    out.writeShort(bytes.length);
    out.write(bytes);
  }
}
