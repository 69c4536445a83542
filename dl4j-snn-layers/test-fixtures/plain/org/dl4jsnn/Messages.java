package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What a call is refused with: an illegal argument, unless another type is named. */
public final class Messages {

  private Messages() {}

  /** The message of a refusal. */
  public static String refused(Executable call) {
    return refused(IllegalArgumentException.class, call);
  }

  public static String refused(Class<? extends Throwable> type, Executable call) {
    return assertThrows(type, call).getMessage();
  }

  /** A message that has all these parts. */
  public static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  /** In words that have this part. */
  public static void assertRefused(String part, Executable call) {
    assertRefused(IllegalArgumentException.class, call, part);
  }

  /** In words that have all these parts, whatever the exception. */
  public static void assertRefused(Executable call, String... parts) {
    assertRefused(RuntimeException.class, call, parts);
  }

  /** In words that have all these parts. */
  public static void assertRefused(
      Class<? extends Throwable> type, Executable call, String... parts) {
    assertSays(refused(type, call), parts);
  }

  /** In words that begin like this. */
  public static void assertBegins(String beginning, Executable call) {
    assertBegins(IllegalArgumentException.class, beginning, call);
  }

  public static void assertBegins(
      Class<? extends Throwable> type, String beginning, Executable call) {
    String message = refused(type, call);
    assertTrue(message.startsWith(beginning), message);
  }

  /** In exactly these words. */
  public static void assertMessage(String message, Executable call) {
    assertMessage(IllegalArgumentException.class, message, call);
  }

  public static void assertMessage(
      Class<? extends Throwable> type, String message, Executable call) {
    assertEquals(message, refused(type, call));
  }
}
