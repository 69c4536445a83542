package org.dl4jsnn.internal.memory;

/** The memory that arrays may take. */
public final class Heap {

  private Heap() {}

  /** {@return the size in bytes to which the heap may grow} */
  public static long most() {
    return Runtime.getRuntime().maxMemory();
  }
}
