package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What is refused, by {@code IllegalArgumentException} unless another type is named. */
public final class Refusals {

  private Refusals() {}

  /** Returns the message of a refusal. */
  public static String refused(Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }

  /** Asserts that a message contains all parts. */
  public static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  /** Asserts that an action is refused with a message that contains a part. */
  public static void assertRefused(String part, Executable action) {
    assertRefused(IllegalArgumentException.class, part, action);
  }

  public static void assertRefused(
      Class<? extends Throwable> type, String part, Executable action) {
    assertSays(assertThrows(type, action).getMessage(), part);
  }

  /** Asserts that an action is refused with a message that begins so. */
  public static void assertBegins(String beginning, Executable action) {
    assertBegins(IllegalArgumentException.class, beginning, action);
  }

  public static void assertBegins(
      Class<? extends Throwable> type, String beginning, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.startsWith(beginning), message);
  }

  /** Asserts that an action is refused with just this message. */
  public static void assertMessage(String message, Executable action) {
    assertMessage(IllegalArgumentException.class, message, action);
  }

  public static void assertMessage(
      Class<? extends Throwable> type, String message, Executable action) {
    assertEquals(message, assertThrows(type, action).getMessage());
  }
}
