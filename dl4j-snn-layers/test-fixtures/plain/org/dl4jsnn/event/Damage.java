package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Damages a file for its reader, which must refuse it or read it. */
@FunctionalInterface
public interface Damage {

  /** Whether the reader refuses bytes; fails if it does anything else but read them. */
  boolean isRefused(byte[] bytes, String name) throws IOException;

  /** Changes a few bytes, many times; some of the files must be refused. */
  default void assertRefusedOrRead(byte[] whole, String name, int cases) throws IOException {
    int refused = 0;
    for (int seed = 0; seed < cases; seed++) {
      byte[] damaged = whole.clone();
      Random random = new Random(seed);
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      refused += isRefused(damaged, name + ", seed " + seed) ? 1 : 0;
    }
    assertTrue(refused > cases / 100, refused + " of " + cases + " refused");
  }

  /** Leaves out the second half and more. */
  default void assertRefusedWithoutHalf(byte[] whole) throws IOException {
    for (int length = 0; length < whole.length / 2; length += 509) {
      assertTrue(isRefused(Arrays.copyOf(whole, length), length + " bytes"), length + " bytes");
    }
    assertFalse(isRefused(whole, "whole"));
  }
}
