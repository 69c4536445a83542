package org.dl4jsnn.internal.memory;

/** {@link Heap} in a browser, which does not tell its limit. */
public final class BrowserHeap {

  /** A page with more is ended by some browsers. */
  private static final long MOST = 1L << 30;

  private BrowserHeap() {}

  /** {@return the bytes that a run may take} */
  public static long most() {
    return MOST;
  }
}
