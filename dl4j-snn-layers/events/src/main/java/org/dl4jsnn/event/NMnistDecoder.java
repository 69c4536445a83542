package org.dl4jsnn.event;

import java.util.Optional;

/** N-MNIST: x, y, then polarity in the top bit of 24, and the time in the other 23, big-endian. */
final class NMnistDecoder extends RunDecoder {

  /** Bytes per event. */
  static final int RECORD = 5;

  /** Not a row of the camera, whose last is 239: marks a wrap of the camera's counter. */
  static final int OVERFLOW_ROW = 240;

  private static final int OVERFLOW_MICROSECONDS = 1 << 13;
  private static final int TIME = (1 << 23) - 1;
  private static final int POLARITY = 1 << 23;

  private long overflow;

  NMnistDecoder() {
    super(EventFormat.N_MNIST, Optional.empty(), RECORD);
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final long base = overflow;
    int event = run.start;
    int at = from;
    for (; at < to && event < run.limit; at += RECORD) {
      // The record and three bytes after it.
      long record = (long) ByteSource.BIG_LONG.get(buffer, at);
      int xy = (int) (record >>> 48);
      int data = (int) (record >>> 24);
      int y = xy & 0xFF;
      if (y == OVERFLOW_ROW) {
        break;
      }
      place[event] = xy >>> 8 | y << EventWord.Y | (data & POLARITY) << 8;
      t[event] = base + (data & TIME);
      event++;
    }
    run.endAt(event);
    return at;
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    int x = source.unsignedByte();
    int y = source.unsignedByte();
    int data = source.unsignedByte() << 16 | source.unsignedByte() << 8 | source.unsignedByte();
    if (y == OVERFLOW_ROW) {
      overflow += OVERFLOW_MICROSECONDS;
    } else {
      sink.add(x, y, overflow + (data & TIME), (data & POLARITY) != 0);
    }
  }
}
