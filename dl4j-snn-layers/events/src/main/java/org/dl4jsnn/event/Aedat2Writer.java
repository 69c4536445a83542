package org.dl4jsnn.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * Writes AEDAT 2.0 of a DVS128, as {@link EventFiles} reads it: address and timestamp, 32 bits
 * each, big-endian. Address: polarity in bit 0 (0 is ON), 127 - x in bits 1 to 7, 127 - y in bits 8
 * to 14. A smaller sensor becomes the upper left of 128 x 128: readers see 128 x 128.
 */
public final class Aedat2Writer implements EventWriter {

  private static final int LAST = 127;
  private static final SensorSize LARGEST = new SensorSize(LAST + 1, LAST + 1);
  private static final int TIME_BITS = 32;

  /** No date, so that equal events give equal files. */
  private static final String HEADER =
      "#!AER-DAT2.0\r\n"
          + "# This is a raw AE data file - do not edit\r\n"
          + "# Data format is int32 address, int32 timestamp (8 bytes total), repeated for each"
          + " event\r\n"
          + "# Timestamps tick is 1 us\r\n"
          + "# AEChip: DVS128\r\n"
          + "#"
          + Aedat2Decoder.END
          + "\r\n";

  private final WritableEvents events;
  private final AtomicFile file;
  private final ByteBuffer record = ByteBuffer.allocate(Long.BYTES);

  /**
   * Starts a file.
   *
   * @param file the file to write
   * @param sensor the size of the sensor, at most 128 x 128
   * @throws IOException if the file cannot be created
   * @throws IllegalArgumentException if the sensor is larger
   */
  public Aedat2Writer(Path file, SensorSize sensor) throws IOException {
    events = new WritableEvents(EventFormat.AEDAT_2, sensor, LARGEST, TIME_BITS);
    this.file = new AtomicFile(file);
    this.file.out().write(HEADER.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Writes an event.
   *
   * @param x column, on the sensor
   * @param y row, on the sensor
   * @param t time in µs, below 2^32
   * @param on whether it is brighter (ON)
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the event breaks one of these rules or goes back in time
   * @throws IllegalStateException if the file was finished or closed before
   */
  @Override
  public void accept(int x, int y, long t, boolean on) throws IOException {
    OutputStream out = file.out();
    events.check(x, y, t);
    int address = LAST - y << 8 | LAST - x << 1 | (on ? 0 : 1);
    out.write(record.putInt(0, address).putInt(Integer.BYTES, (int) t).array());
  }

  @Override
  public void finish() throws IOException {
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
