package org.dl4jsnn.examples.support;

import java.util.Locale;

/** An error that the user can fix; shown without a stack trace. */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }

  /** An error whose message is formatted, the same in every country. */
  public static UserError of(String format, Object... values) {
    return of(null, format, values);
  }

  /** The same with a cause. */
  public static UserError of(Throwable cause, String format, Object... values) {
    return new UserError(String.format(Locale.ROOT, format, values), cause);
  }
}
