package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Arguments that are refused. */
public final class Refusals {

  private Refusals() {}

  /** Asserts that an action is refused with a message that contains a part. */
  public static void assertRefused(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }
}
