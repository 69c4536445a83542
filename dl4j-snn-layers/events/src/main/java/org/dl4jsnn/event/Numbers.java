package org.dl4jsnn.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays; call as {@code (int) LITTLE_INT.get(bytes, index)}. */
final class Numbers {

  static final VarHandle LITTLE_SHORT = little(short[].class);
  static final VarHandle LITTLE_INT = little(int[].class);
  static final VarHandle LITTLE_LONG = little(long[].class);
  static final VarHandle BIG_INT = big(int[].class);
  static final VarHandle BIG_LONG = big(long[].class);

  private Numbers() {}

  private static VarHandle little(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  private static VarHandle big(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }
}
