package org.dl4jsnn.examples.support;

/** Something that the person at the command line can put right; shown without a stack trace. */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
