package org.dl4jsnn.event;

import java.util.Optional;

/**
 * Receives events from decoders, one by one or in runs: checks position and time, counts how far
 * times go backwards, and makes room in the table.
 */
final class DecodedEvents {

  /** The most that a table grows at once, so that memory follows what the file really holds. */
  private static final int MOST_GROWTH = 16;

  /** A fraction of the events: the table grows by at least this, and estimates are raised by it. */
  private static final int LEAST_GROWTH = 8;

  private static final int MARGIN = 32;

  private final ByteSource source;
  private final boolean keepBackward;
  private final SensorSize limits;
  private EventTable table;
  private int target;

  /** Whether to pause instead of waiting for more bytes. */
  private boolean arrivedOnly;

  private boolean paused;

  /** The positions of source and table when the table was set. */
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

  /** Directs events into a table until it holds a given number. */
  void fill(EventTable next, int events) {
    fill(next, events, false);
  }

  /** The same; {@code arrived} is content with one event and those that came with it. */
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

  /** Whether to continue later, since fewer bytes have arrived than are needed now. */
  boolean pauses(int needed) {
    paused = arrivedOnly && table.size() > sizeBefore && source.buffered() < needed;
    return paused;
  }

  /** Whether decoding paused instead of waiting for more bytes. */
  boolean paused() {
    return paused;
  }

  /** The free end of the table, with room for at least one event. */
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
   * How many events the table should have room for: its final size if the rest of the file is like
   * what was read.
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

  /** Takes the events of a run if all can be taken; otherwise {@link #add} tells why not. */
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

  /** Takes an event of the source's current record, or tells what is wrong with it. */
  void add(int x, int y, long t, boolean on) throws EventFormatException {
    if (!limits.contains(x, y)) {
      throw source.failure(
          "(x, y) must be on the sensor of " + limits,
          "(" + x + ", " + y + ")",
          "a damaged file, or the size is that of another sensor");
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
      throw source.failure("t must be from 0 to 2^63 - 1 µs", t, "a damaged file");
    }
    if (!keepBackward) {
      throw source.failure(
          "t must not go backwards",
          t + " µs after " + latest + " µs",
          "a damaged file, or a clock reset while recording; BackwardTimestamps.KEEP and SORT read such files");
    }
    backwardEvents++;
    furthestBack = Math.max(furthestBack, latest - t);
  }

  long backwardEvents() {
    return backwardEvents;
  }

  /** The largest step back from the latest time so far, in µs. */
  long furthestBack() {
    return furthestBack;
  }
}
