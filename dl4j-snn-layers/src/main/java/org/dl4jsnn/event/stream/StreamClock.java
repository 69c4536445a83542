package org.dl4jsnn.event.stream;

import java.util.concurrent.TimeUnit;

/** Tells the time, and waits. */
public interface StreamClock {

  /**
   * The time.
   *
   * @return ns since an arbitrary moment
   */
  long nanos();

  /**
   * Waits.
   *
   * @param nanos until when, on this clock; a time that is over is not waited for
   * @throws InterruptedException if the thread is interrupted
   */
  void waitUntil(long nanos) throws InterruptedException;

  /**
   * The machine's clock.
   *
   * @return the clock
   */
  static StreamClock system() {
    return new StreamClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void waitUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
      }
    };
  }
}
