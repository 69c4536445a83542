package org.dl4jsnn.event;

/**
 * Times of few bits, continued to 64: each is taken for the one nearest to the time before it, so a
 * fall by more than half of the range is a wrap, and a smaller one is time that goes backwards.
 */
final class UnwrappedTime {

  private final long range;
  private long epoch;
  private long last;

  /** Times that wrap to zero after 2^bits. */
  UnwrappedTime(int bits) {
    range = 1L << bits;
  }

  /** What is to be added to raw bits, as long as they do not wrap. */
  long epoch() {
    return epoch;
  }

  /**
   * Whether times in order, being raw bits plus {@link #epoch}, are what {@link #of} would make of
   * the raw bits one by one.
   */
  boolean holds(long first, long last) {
    long now = epoch + this.last;
    return first >= now - range / 2 && last <= Math.min(first, now) + range / 2;
  }

  /** Goes on behind a time for which {@link #holds} was true. */
  void moveTo(long time) {
    last = time - epoch;
  }

  /** The time that raw bits stand for, in the unit of the bits. */
  long of(long raw) {
    long step = raw - last;
    if (step < -range / 2) {
      epoch += range;
    } else if (step > range / 2 && epoch >= range) {
      // A late event from before the wrap.
      epoch -= range;
    }
    last = raw;
    return epoch + raw;
  }
}
