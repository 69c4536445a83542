package org.dl4jsnn.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes what {@link Aedat2Decoder} reads. Address: polarity in bit 0 (0 is ON), 127 - x in bits 1
 * to 7, 127 - y in bits 8 to 14.
 */
final class Aedat2Writer extends EventWriter {

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

  private final ByteBuffer record = ByteBuffer.allocate(Long.BYTES);

  Aedat2Writer(Path file, SensorSize sensor) throws IOException {
    super(file, EventFormat.AEDAT_2, sensor, LARGEST, TIME_BITS);
    file().out().write(HEADER.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  void write(OutputStream out, int x, int y, long t, boolean on) throws IOException {
    int address = LAST - y << 8 | LAST - x << 1 | (on ? 0 : 1);
    out.write(record.putInt(0, address).putInt(Integer.BYTES, (int) t).array());
  }
}
