package org.dl4jsnn.examples.support;

import java.io.IOException;
import java.nio.file.FileSystemException;
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

  /** What may fail for a reason that the user can change. */
  @FunctionalInterface
  public interface Attempt<R> {

    R run() throws IOException;
  }

  /** Its result; a refused value or a file that fails becomes an error that begins so. */
  public static <R> R explained(String begin, Attempt<R> attempt) {
    try {
      return attempt.run();
    } catch (FileSystemException e) {
      // Its message may be the name of the file alone.
      throw new UserError(begin + e, e);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new UserError(begin + e.getMessage(), e);
    }
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
