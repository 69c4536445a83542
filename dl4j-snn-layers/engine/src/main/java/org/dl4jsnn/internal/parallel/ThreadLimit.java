package org.dl4jsnn.internal.parallel;

import java.util.function.IntSupplier;

/**
 * Limits the number of threads that simulate at a time. Threads that must simulate, because they
 * train or infer, wait until one leaves. Helper threads run only if there is room, and make room
 * for the others.
 */
final class ThreadLimit {

  /** The system property for the limit of the process. */
  static final String PROPERTY = "org.dl4jsnn.threads";

  /**
   * The limit of the process, by default its cores; read each time, so that a program may set it.
   */
  static final ThreadLimit OF_PROCESS = new ThreadLimit(ThreadLimit::property);

  private final IntSupplier limit;
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private int running;
  private volatile int waiting;

  ThreadLimit(IntSupplier limit) {
    this.limit = limit;
  }

  /**
   * The value of the system property, by default the number of processors. Throws an
   * IllegalArgumentException if it is not a whole number of at least 1.
   */
  static int property() {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    String refused = PROPERTY + " must be a whole number of at least 1, got '" + wanted + "'";
    try {
      int threads = Integer.parseInt(wanted);
      if (threads >= 1) {
        return threads;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(refused, e);
    }
    throw new IllegalArgumentException(refused);
  }

  /** Runs something as soon as there is room for one more thread. */
  void run(Runnable work) {
    if (inside.get()) {
      // Already counted; it would wait for itself forever.
      work.run();
      return;
    }
    enter();
    runInside(work);
  }

  /** Runs something if there is room for one more thread and no other thread waits for it. */
  void runIfFree(Runnable work) {
    if (tryEnter()) {
      runInside(work);
    }
  }

  private void runInside(Runnable work) {
    inside.set(true);
    try {
      work.run();
    } finally {
      inside.remove();
      leave();
    }
  }

  /** The number of additional threads that there is room for at this moment. */
  synchronized int free() {
    return Math.max(0, limit.getAsInt() - running - waiting);
  }

  /** The number of threads that there is room for beside the caller, whether it runs or not. */
  synchronized int freeBeside() {
    return Math.max(0, free() - (inside.get() ? 0 : 1));
  }

  /** Whether a thread waits for room. */
  boolean isWanted() {
    return waiting > 0;
  }

  private synchronized void enter() {
    boolean interrupted = false;
    while (running >= limit.getAsInt()) {
      waiting++;
      try {
        wait();
      } catch (InterruptedException e) {
        // The minibatch has begun and is finished first.
        interrupted = true;
      } finally {
        waiting--;
      }
    }
    running++;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean tryEnter() {
    if (waiting > 0 || running >= limit.getAsInt()) {
      return false;
    }
    running++;
    return true;
  }

  private synchronized void leave() {
    running--;
    notifyAll();
  }
}
