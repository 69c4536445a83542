package org.dl4jsnn.event.stream;

/** A clock that stands still until it is moved or somebody waits by it. */
final class HandClock implements StreamClock {

  private long now;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void waitUntil(long nanos) {
    now = Math.max(now, nanos);
  }

  void pass(long nanos) {
    now += nanos;
  }
}
