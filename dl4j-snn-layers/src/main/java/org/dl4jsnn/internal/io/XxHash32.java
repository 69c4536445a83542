package org.dl4jsnn.internal.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** XXH32 with seed 0, the checksum of LZ4 frames (Collet, xxHash specification 0.1.1). */
final class XxHash32 {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int PRIME_1 = 0x9E3779B1;
  private static final int PRIME_2 = 0x85EBCA77;
  private static final int PRIME_3 = 0xC2B2AE3D;
  private static final int PRIME_4 = 0x27D4EB2F;
  private static final int PRIME_5 = 0x165667B1;

  /** Bytes that four sums take at once. */
  private static final int STRIPE = 16;

  private XxHash32() {}

  /** The checksum of the bytes from one index to another. */
  static int of(byte[] bytes, int from, int to) {
    int at = from;
    int hash = PRIME_5;
    if (to - from >= STRIPE) {
      int a = PRIME_1 + PRIME_2;
      int b = PRIME_2;
      int c = 0;
      int d = -PRIME_1;
      for (; at <= to - STRIPE; at += STRIPE) {
        a = round(a, (int) INT.get(bytes, at));
        b = round(b, (int) INT.get(bytes, at + 4));
        c = round(c, (int) INT.get(bytes, at + 8));
        d = round(d, (int) INT.get(bytes, at + 12));
      }
      hash =
          Integer.rotateLeft(a, 1)
              + Integer.rotateLeft(b, 7)
              + Integer.rotateLeft(c, 12)
              + Integer.rotateLeft(d, 18);
    }
    hash += to - from;
    for (; at <= to - Integer.BYTES; at += Integer.BYTES) {
      hash = Integer.rotateLeft(hash + (int) INT.get(bytes, at) * PRIME_3, 17) * PRIME_4;
    }
    for (; at < to; at++) {
      hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }

  private static int round(int sum, int lane) {
    return Integer.rotateLeft(sum + lane * PRIME_2, 13) * PRIME_1;
  }
}
