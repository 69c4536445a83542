package org.dl4jsnn.event;

import java.util.Optional;

/**
 * Where decoders put events, one by one or in runs: checks place and time, counts how far times go
 * backwards, and makes room in the table.
 */
final class DecodedEvents {

  /** The most that a table grows at once, so that a file must have what memory is taken for. */
  private static final int MOST_GROWTH = 16;

  /** A part of the events: what the table grows at least, and what is added to what is expected. */
  private static final int LEAST_GROWTH = 8;

  private static final int MARGIN = 32;

  private final ByteSource source;
  private final boolean keepBackward;
  private final SensorSize limits;
  private EventTable table;
  private int target;

  /** Whether to pause where more would have to be waited for. */
  private boolean arrivedOnly;

  private boolean paused;

  /** Where the source and the table were when the table was given. */
  private long offsetBefore;

  private int sizeBefore;
  private long latest;
  private long backwardEvents;
  private long furthestBack;

  DecodedEvents(ByteSource source, Optional<SensorSize> sensor, BackwardTimestamps backward) {
    this.source = source;
    keepBackward = backward != BackwardTimestamps.REFUSE;
    limits = sensor.orElseGet(() -> new SensorSize(SensorSize.LARGEST, SensorSize.LARGEST));
  }

  /** Lets events go into a table until it holds a number of them. */
  void fill(EventTable next, int events) {
    fill(next, events, false);
  }

  /**
   * Lets events go into a table until it holds a number of them.
   *
   * @param arrived whether to be content with one event and those that came with it
   */
  void fill(EventTable next, int events, boolean arrived) {
    table = next;
    target = events;
    arrivedOnly = arrived;
    paused = false;
    offsetBefore = source.offset();
    sizeBefore = table.size();
  }

  boolean full() {
    return table.size() >= target;
  }

  /** Whether to go on later, since fewer bytes have come than are needed to go on now. */
  boolean pauses(int needed) {
    paused = arrivedOnly && table.size() > sizeBefore && source.buffered() < needed;
    return paused;
  }

  /** Whether decoding has ended because more would have had to be waited for. */
  boolean paused() {
    return paused;
  }

  /** The free end of the table, with room for an event at least. */
  EventRun run(int longest) {
    makeRoom();
    return table.run(Math.min(longest, target - table.size()));
  }

  private void makeRoom() {
    if (!table.hasRoom(1)) {
      table.grow(Math.min(target, expected()));
    }
  }

  /**
   * How many events the table should have room for: what it would hold in the end if the rest of
   * the file were like what was read.
   */
  private long expected() {
    long size = table.size();
    long read = source.offset() - offsetBefore;
    if (source.rest() == 0 || read == 0) {
      return size + size / 2 + 1;
    }
    // As double, since the product may not fit.
    long rest = (long) Math.ceil((double) (size - sizeBefore) * source.rest() / read);
    return Math.max(
        size + size / LEAST_GROWTH + 1, Math.min(MOST_GROWTH * size, size + rest + rest / MARGIN));
  }

  /**
   * Takes the events of a run, if they are on the sensor and in order of time.
   *
   * @return whether it has taken them; if not, nothing has changed, and {@link #add} tells why
   */
  boolean take(EventRun run) {
    if (!run.isInOrderAfter(latest) || !run.isOn(limits)) {
      return false;
    }
    if (!run.isEmpty()) {
      latest = run.lastTime();
    }
    table.append(run);
    return true;
  }

  /**
   * Takes an event of the source's present record.
   *
   * @throws EventFormatException if it is not on the sensor, or goes backwards and must not
   */
  void add(int x, int y, long t, boolean on) throws EventFormatException {
    if (!limits.contains(x, y)) {
      throw source.failure(
          "(x, y) must be on the sensor of "
              + limits
              + ", got ("
              + x
              + ", "
              + y
              + "). Possible cause: a damaged file, or the size of another sensor");
    }
    if (t < latest) {
      backwards(t);
    } else {
      latest = t;
    }
    makeRoom();
    table.append(x, y, t, on);
  }

  private void backwards(long t) throws EventFormatException {
    if (t < 0) {
      throw source.failure(
          "t must be from 0 to 2^63 - 1 µs, got " + t + ". Possible cause: a damaged file");
    }
    if (!keepBackward) {
      throw source.failure(
          "t must not go backwards, got "
              + t
              + " µs after "
              + latest
              + " µs. Possible cause: a damaged file, or a clock that was reset while recording;"
              + " BackwardTimestamps.KEEP and SORT read it nevertheless");
    }
    backwardEvents++;
    furthestBack = Math.max(furthestBack, latest - t);
  }

  long backwardEvents() {
    return backwardEvents;
  }

  /** The most that a time lies before the latest one so far, in µs. */
  long furthestBack() {
    return furthestBack;
  }
}
