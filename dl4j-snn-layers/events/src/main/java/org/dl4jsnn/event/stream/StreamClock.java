package org.dl4jsnn.event.stream;

import java.util.concurrent.TimeUnit;

/** A clock that can also wait. */
public interface StreamClock {

  /** {@return the time in ns since an arbitrary moment} */
  long nanos();

  /**
   * Waits.
   *
   * @param nanos the end of the wait, on this clock; returns at once if it has passed
   * @throws InterruptedException if the thread is interrupted
   */
  void waitUntil(long nanos) throws InterruptedException;

  /** {@return the machine's clock} */
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
