package org.dl4jsnn.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * Writes a recording event by event, in constant memory. The whole file appears when it is
 * finished; closing the writer earlier leaves nothing. Not thread-safe.
 *
 * <pre>{@code
 * try (EventWriter writer = EventWriter.aedat2(file, sensor)) {
 *   camera.record(image, seed, writer);
 *   writer.finish();
 * }
 * }</pre>
 */
public abstract sealed class EventWriter implements EventConsumer, Closeable
    permits Aedat2Writer, Aedat4Writer, Evt3Writer, NMnistWriter {

  private final EventFormat format;
  private final SensorSize sensor;
  private final int timeBits;
  private final AtomicFile file;
  private long last;

  /**
   * Starts a file.
   *
   * @param largest the largest sensor that fits the format's bits
   * @param timeBits the number of bits of a time in µs
   * @throws IllegalArgumentException if the sensor is larger
   */
  EventWriter(Path file, EventFormat format, SensorSize sensor, SensorSize largest, int timeBits)
      throws IOException {
    this.format = format;
    this.sensor = Require.given("sensor", sensor);
    this.timeBits = timeBits;
    if (sensor.width() > largest.width() || sensor.height() > largest.height()) {
      throw new IllegalArgumentException(
          String.format(
              "the sensor must be at most %s for %s, got %s. Possible cause: a recording of "
                  + "another camera",
              largest, format, sensor));
    }
    this.file = new AtomicFile(file);
  }

  /**
   * {@return a writer of a file in AEDAT 2.0 of a DVS128, for times below 2^32 µs} A smaller sensor
   * becomes the upper left of 128 x 128: readers see 128 x 128.
   *
   * @param file the file to write
   * @param sensor the size of the sensor, at most 128 x 128
   * @throws IOException if the file cannot be created
   * @throws IllegalArgumentException if the sensor is larger
   */
  public static EventWriter aedat2(Path file, SensorSize sensor) throws IOException {
    return new Aedat2Writer(file, sensor);
  }

  /**
   * {@return a writer of a file in AEDAT 4, as {@link EventFiles} and iniVation's programs read it:
   * one event stream, in packets of at most 8,192 events, and the table of packets at the end}
   *
   * @param file the file to write
   * @param sensor the size of the sensor
   * @throws IOException if the file cannot be created
   */
  public static EventWriter aedat4(Path file, SensorSize sensor) throws IOException {
    return new Aedat4Writer(file, sensor, Aedat4Compression.NONE);
  }

  /**
   * {@return a writer of a file in {@linkplain #aedat4 AEDAT 4} whose packets are compressed by
   * LZ4}
   *
   * @param file the file to write
   * @param sensor the size of the sensor
   * @throws IOException if the file cannot be created
   */
  public static EventWriter aedat4Lz4(Path file, SensorSize sensor) throws IOException {
    return new Aedat4Writer(file, sensor, Aedat4Compression.LZ4);
  }

  /**
   * {@return a writer of a file in EVT 3.0 (.raw), for times below 2^36 µs (19 hours)} Five or more
   * events of equal time, row and polarity become a vector if their columns increase and lie within
   * 32 columns; a vector keeps the order of events. Vectors are written as cameras send them, since
   * Prophesee's reader takes no others.
   *
   * @param file the file to write
   * @param sensor the size of the sensor, at most 2,048 x 2,048
   * @throws IOException if the file cannot be created
   * @throws IllegalArgumentException if the sensor is larger
   */
  public static EventWriter evt3(Path file, SensorSize sensor) throws IOException {
    return new Evt3Writer(file, sensor);
  }

  /**
   * {@return a writer of a file in N-MNIST's layout, for times below 2^23 µs (8.4 s)} The layout
   * does not state the sensor's size.
   *
   * @param file the file to write
   * @param sensor the size of the sensor, at most 256 x 240; N-MNIST's is 34 x 34
   * @throws IOException if the file cannot be created
   * @throws IllegalArgumentException if the sensor is larger
   */
  public static EventWriter nMnist(Path file, SensorSize sensor) throws IOException {
    return new NMnistWriter(file, sensor);
  }

  /** The file, while it is written. */
  final AtomicFile file() {
    return file;
  }

  /**
   * Writes an event.
   *
   * @param x column, on the sensor
   * @param y row, on the sensor
   * @param t time in µs, not negative and as long as the format has bits for it
   * @param on whether it is brighter (ON)
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the event breaks one of these rules or goes back in time
   * @throws IllegalStateException if the file was finished or closed before
   */
  @Override
  public final void accept(int x, int y, long t, boolean on) throws IOException {
    OutputStream out = file.out();
    if (!sensor.contains(x, y)) {
      throw new IllegalArgumentException(
          "(x, y) must be on the sensor of " + sensor + ", got (" + x + ", " + y + ")");
    }
    if (t < 0 || t >>> timeBits != 0) {
      throw new IllegalArgumentException(
          String.format(
              "t must be from 0 to 2^%s - 1 µs for %s, got %s. Possible cause: the recording "
                  + "is too long, or its clock does not start at 0",
              timeBits, format, t));
    }
    if (t < last) {
      throw new IllegalArgumentException(
          ("t must not go backwards, got %s µs after %s µs. Possible cause: unsorted" + " events")
              .formatted(t, last));
    }
    last = t;
    write(out, x, y, t, on);
  }

  /** Writes a checked event. */
  abstract void write(OutputStream out, int x, int y, long t, boolean on) throws IOException;

  /**
   * Writes the events of a table.
   *
   * @param events in order of time
   * @throws IOException if they cannot be written
   * @throws IllegalArgumentException if the format cannot hold one of them
   */
  public final void write(EventTable events) throws IOException {
    Require.given("events", events);
    for (int i = 0; i < events.size(); i++) {
      accept(events.x(i), events.y(i), events.t(i), events.on(i));
    }
  }

  /**
   * Moves the file into place, replacing an older one.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if it was already finished or closed
   */
  public final void finish() throws IOException {
    writeEnd(file.out());
    file.finish();
  }

  /** Writes what comes after the last event. */
  void writeEnd(OutputStream out) throws IOException {}

  /**
   * Discards an unfinished file; does nothing after {@link #finish()}.
   *
   * @throws IOException if what was written so far cannot be deleted
   */
  @Override
  public final void close() throws IOException {
    file.close();
  }
}
