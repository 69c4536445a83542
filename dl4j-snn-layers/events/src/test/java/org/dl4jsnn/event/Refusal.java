package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What calls are refused with. */
public final class Refusal {

  private Refusal() {}

  /** The message of the exception that a call throws. */
  public static String of(Class<? extends Throwable> type, Executable call) {
    return assertThrows(type, call).getMessage();
  }

  /** Checks the message of an argument that is refused. */
  public static void assertMessage(String expected, Executable call) {
    assertEquals(expected, of(IllegalArgumentException.class, call));
  }

  /** Checks how the message of an argument that is refused begins. */
  public static void assertStarts(String expected, Executable call) {
    assertStarts(expected, IllegalArgumentException.class, call);
  }

  /** Checks how the message of an exception begins. */
  public static void assertStarts(
      String expected, Class<? extends Throwable> type, Executable call) {
    String message = of(type, call);
    assertTrue(message.startsWith(expected), message);
  }

  /** Checks a part of the message of an exception. */
  public static void assertContains(
      String expected, Class<? extends Throwable> type, Executable call) {
    String message = of(type, call);
    assertTrue(message.contains(expected), message);
  }
}
