package org.dl4jsnn.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes what {@link Evt3Decoder} reads, in vectors where they are shorter. */
final class Evt3Writer extends EventWriter {

  /** A coordinate has 11 bits. */
  private static final SensorSize LARGEST =
      new SensorSize(Evt3State.COORDINATE + 1, Evt3State.COORDINATE + 1);

  /** 19 hours; long pauses are written as words of time only. */
  private static final int TIME_BITS = 36;

  /** The largest step of TIME_HIGH: Prophesee's reader takes a wrap by more than 255 for damage. */
  private static final int MOST_AT_ONCE = 1 << 7;

  /** The pixels of a vector: masks of 12, 12 and 8. */
  private static final int VECTOR = 32;

  private static final int MASK_12 = 0xFFF;

  /** A vector takes four words, as many as four single events. */
  private static final int FEWEST_OF_VECTOR = 5;

  private final int width;

  /** The state after the words so far, as the reader has it. */
  private long high = Evt3State.NONE;

  private int low = Evt3State.NONE;
  private int y = Evt3State.NONE;

  /** The vector not yet written: its first event and the pixels from there. */
  private int firstX;

  private int row;
  private long t;
  private boolean on;
  private int mask;

  Evt3Writer(Path file, SensorSize sensor) throws IOException {
    super(file, EventFormat.EVT_3, sensor, LARGEST, TIME_BITS);
    width = sensor.width();
    // No date, so that equal events give equal files.
    String header =
        "% evt 3.0\n% format EVT3;height="
            + sensor.height()
            + ";width="
            + sensor.width()
            + "\n% geometry "
            + sensor.width()
            + "x"
            + sensor.height()
            + "\n% end\n";
    file().out().write(header.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  void write(OutputStream out, int x, int y, long t, boolean on) throws IOException {
    boolean follows = mask != 0 && t == this.t && y == row && on == this.on;
    int ahead = x - firstX;
    // No pixel of the mask may be at or after the new one.
    if (!follows || ahead >= VECTOR || ahead < 0 || mask >>> ahead != 0) {
      writeVector(out);
      firstX = x;
      row = y;
      this.t = t;
      this.on = on;
      mask = 1;
    } else {
      mask |= 1 << ahead;
    }
  }

  private void writeVector(OutputStream out) throws IOException {
    if (mask == 0) {
      return;
    }
    writeTime(out);
    if (y != row) {
      y = row;
      word(out, Evt3State.Y, row);
    }
    int polarity = on ? Evt3State.POLARITY : 0;
    if (Integer.bitCount(mask) < FEWEST_OF_VECTOR || firstX + VECTOR > width) {
      for (int pixels = mask; pixels != 0; pixels &= pixels - 1) {
        int x = firstX + Integer.numberOfTrailingZeros(pixels);
        word(out, Evt3State.X, x | polarity);
      }
    } else {
      // Prophesee's reader knows this group of words only, and only within the sensor.
      word(out, Evt3State.VECTOR_BASE, firstX | polarity);
      word(out, Evt3State.VECTOR_12, mask & MASK_12);
      word(out, Evt3State.VECTOR_12, mask >>> 12 & MASK_12);
      word(out, Evt3State.VECTOR_8, mask >>> 24);
    }
    mask = 0;
  }

  private void writeTime(OutputStream out) throws IOException {
    long nextHigh = t >>> Evt3State.TIME_BITS;
    while (high != nextHigh) {
      long from = Math.max(0, high);
      high = Math.min(nextHigh, from + MOST_AT_ONCE);
      word(out, Evt3State.TIME_HIGH, (int) high & Evt3State.PAYLOAD);
      low = Evt3State.NONE;
    }
    int nextLow = (int) t & Evt3State.PAYLOAD;
    if (low != nextLow) {
      low = nextLow;
      word(out, Evt3State.TIME_LOW, low);
    }
  }

  private static void word(OutputStream out, int type, int payload) throws IOException {
    out.write(payload);
    out.write(type << 4 | payload >>> Byte.SIZE);
  }

  @Override
  void writeEnd(OutputStream out) throws IOException {
    writeVector(out);
  }
}
