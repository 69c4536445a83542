package org.dl4jsnn.event;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.dl4jsnn.internal.Require;

/**
 * Events of a camera, in columns: 12 bytes per event. x grows to the right and y downwards, both
 * from 0; t is in microseconds; ON (brighter) is true. Grows as events are added; not thread-safe
 * while growing. What asks for an event that is not there gets an {@link
 * IndexOutOfBoundsException}.
 */
public final class EventTable {

  /** The most events that a table can hold: the longest array. */
  static final int LARGEST = Integer.MAX_VALUE - 8;

  /** Bytes per event while the columns grow by half: old and new columns. */
  static final int BYTES_WHILE_GROWING = 30;

  private static final int FIRST_CAPACITY = 1024;

  private final String format;
  private final Optional<SensorSize> statedSensor;

  /** See {@link EventWord}. */
  private int[] place = new int[0];

  private long[] t = new long[0];
  private int size;
  private int onEvents;
  private int largestX;
  private int largestY;

  /**
   * The number of leading events whose times are known not to fall. Concurrent readers find the
   * same number.
   */
  private int inOrder;

  /**
   * An empty table for a sensor.
   *
   * @param format the name of the format that the events come from
   * @param sensor the sensor's size
   * @throws IllegalArgumentException if an argument is null
   */
  public EventTable(String format, SensorSize sensor) {
    this(format, Optional.of(Require.given("sensor", sensor)));
  }

  /** An empty table; without a size, its sensor grows with the events. */
  EventTable(String format, Optional<SensorSize> statedSensor) {
    this.format = Require.given("format", format);
    this.statedSensor = statedSensor;
  }

  /**
   * Appends an event.
   *
   * @param eventX column, on the sensor
   * @param eventY row, on the sensor
   * @param eventT time in µs, not negative
   * @param eventOn whether it is brighter (ON)
   * @throws IllegalArgumentException if the event is off the sensor or its time is negative
   * @throws IllegalStateException if the table holds as many events as an array can
   */
  public void add(int eventX, int eventY, long eventT, boolean eventOn) {
    SensorSize limits =
        statedSensor.orElseGet(() -> new SensorSize(SensorSize.LARGEST, SensorSize.LARGEST));
    if (!limits.contains(eventX, eventY)) {
      throw new IllegalArgumentException(
          "(x, y) must be on the sensor of " + limits + ", got (" + eventX + ", " + eventY + ")");
    }
    if (eventT < 0) {
      throw new IllegalArgumentException("t must be at least 0, got " + eventT);
    }
    append(eventX, eventY, eventT, eventOn);
  }

  /** Appends a checked event. */
  void append(int eventX, int eventY, long eventT, boolean eventOn) {
    if (size == t.length) {
      grow(t.length + (long) t.length / 2);
    }
    place[size] = EventWord.of(eventX, eventY, eventOn);
    t[size] = eventT;
    size++;
    onEvents += eventOn ? 1 : 0;
    largestX = Math.max(largestX, eventX);
    largestY = Math.max(largestY, eventY);
  }

  /** The free elements after the events. */
  EventRun run(int longest) {
    return new EventRun(place, t, size, Math.min(t.length, size + longest));
  }

  /** Appends the checked events of a run. */
  void append(EventRun run) {
    for (int i = size; i < run.end(); i++) {
      onEvents += place[i] >>> 31;
    }
    if (statedSensor.isEmpty()) {
      for (int i = size; i < run.end(); i++) {
        largestX = Math.max(largestX, EventWord.x(place[i]));
        largestY = Math.max(largestY, EventWord.y(place[i]));
      }
    }
    size = run.end();
  }

  boolean hasRoom(int events) {
    return t.length - size >= events;
  }

  /** Makes room for a total number of events, as far as possible, and for at least one more. */
  void grow(long capacity) {
    if (size == LARGEST) {
      throw new IllegalStateException("events of a table must be at most " + LARGEST);
    }
    resize((int) Math.min(LARGEST, Math.max(FIRST_CAPACITY, capacity)));
  }

  /** Releases memory reserved for more events; an eighth is not worth the copying. */
  public void trim() {
    if (size < t.length - t.length / 8) {
      resize(size);
    }
  }

  private void resize(int capacity) {
    place = Arrays.copyOf(place, capacity);
    t = Arrays.copyOf(t, capacity);
  }

  /** Sorts by time; events of equal time keep their order. */
  public void sort() {
    int[] order = TimeOrder.of(t, size);
    int[] sortedPlace = new int[size];
    long[] sortedT = new long[size];
    for (int i = 0; i < size; i++) {
      sortedPlace[i] = place[order[i]];
      sortedT[i] = t[order[i]];
    }
    place = sortedPlace;
    t = sortedT;
    inOrder = size;
  }

  /**
   * {@return a new table of the events of a window, in their order and with their times}
   *
   * @param window the span of time
   */
  public EventTable during(TimeWindow window) {
    EventTable part = new EventTable(format, sensor());
    boolean ordered = isInOrder();
    int from = ordered ? firstAt(window.start()) : 0;
    int to = ordered ? firstAt(window.end()) : size;
    for (int i = from; i < to; i++) {
      if (window.contains(t[i])) {
        part.append(x(i), y(i), t[i], on(i));
      }
    }
    part.trim();
    return part;
  }

  private boolean isInOrder() {
    int known = Math.max(1, inOrder);
    while (known < size && t[known] >= t[known - 1]) {
      known++;
    }
    known = Math.min(known, size);
    inOrder = known;
    return known == size;
  }

  /** The first event that is not before a time, of events in order; their number if all are. */
  private int firstAt(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (t[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** {@return the number of events} */
  public int size() {
    return size;
  }

  /** {@return the number of ON events; the others are OFF} */
  public int onEvents() {
    return onEvents;
  }

  /**
   * {@return the column of an event, from 0 at the left}
   *
   * @param event which, from 0
   */
  public int x(int event) {
    return EventWord.x(place[Objects.checkIndex(event, size)]);
  }

  /**
   * {@return the row of an event, from 0 at the top}
   *
   * @param event which, from 0
   */
  public int y(int event) {
    return EventWord.y(place[Objects.checkIndex(event, size)]);
  }

  /**
   * {@return the time of an event, in µs on the recording's clock}
   *
   * @param event which, from 0
   */
  public long t(int event) {
    return t[Objects.checkIndex(event, size)];
  }

  /**
   * {@return whether an event is ON (brighter); otherwise it is OFF}
   *
   * @param event which, from 0
   */
  public boolean on(int event) {
    return EventWord.on(place[Objects.checkIndex(event, size)]);
  }

  /**
   * {@return the sensor's size: from the file or the options, otherwise the smallest that holds
   * this table's events}
   */
  public SensorSize sensor() {
    return statedSensor.orElseGet(() -> new SensorSize(largestX + 1, largestY + 1));
  }

  /** {@return the display name of the format that the events come from} */
  public String format() {
    return format;
  }

  @Override
  public String toString() {
    return size + " events of " + sensor() + " (" + format + ")";
  }
}
