package org.dl4jsnn.runtime;

import java.io.IOException;

/** A malformed model file: the message gives the byte, the value, the rule and the likely cause. */
public final class ModelFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Where the file breaks the rule. */
  private final long offset;

  /**
   * Creates an exception.
   *
   * @param offset where the file breaks the rule, in bytes from its start
   * @param rule the item, its rule and its value
   * @param cause the likely cause
   */
  ModelFormatException(long offset, String rule, String cause) {
    super("byte " + offset + ": " + rule + ". Possible cause: " + cause);
    this.offset = offset;
  }

  /** {@return where the file breaks the rule, in bytes from its start} */
  public long offset() {
    return offset;
  }
}
