package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What a call is refused with. */
public final class Messages {

  private Messages() {}

  /** An illegal argument, in words that begin like this. */
  public static void assertRefused(String beginning, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.startsWith(beginning), message);
  }

  /** As an illegal argument, in exactly these words. */
  public static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  /** In words that have all these parts. */
  public static void assertRefused(Executable call, String... parts) {
    assertRefused(RuntimeException.class, call, parts);
  }

  /** By an exception of a type, in words that have all these parts. */
  public static void assertRefused(
      Class<? extends Throwable> type, Executable call, String... parts) {
    String message = assertThrows(type, call).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
