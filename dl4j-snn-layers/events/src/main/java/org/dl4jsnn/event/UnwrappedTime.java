package org.dl4jsnn.event;

/**
 * Extends times of few bits to 64. Each is taken as the candidate nearest to the previous time: a
 * fall by more than half of the range is a wrap, a smaller one means that time goes backwards.
 */
final class UnwrappedTime {

  private final long range;
  private long epoch;
  private long last;

  /** Creates times that wrap to zero after 2^bits. */
  UnwrappedTime(int bits) {
    range = 1L << bits;
  }

  /** The offset to add to raw bits until they wrap. */
  long epoch() {
    return epoch;
  }

  /**
   * Whether sorted times, raw bits plus {@link #epoch}, equal what {@link #of} gives for the raw
   * bits one by one.
   */
  boolean holds(long first, long last) {
    long now = epoch + this.last;
    return first >= now - range / 2 && last <= Math.min(first, now) + range / 2;
  }

  /** Continues after a time for which {@link #holds} was true. */
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
