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
