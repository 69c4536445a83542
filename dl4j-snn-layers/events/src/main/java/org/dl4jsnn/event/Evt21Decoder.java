package org.dl4jsnn.event;

import java.io.IOException;

/**
 * EVT 2.1: words of 64 bits, little-endian, whose upper half is a word of EVT 2.0. The lower half
 * of an event is a mask of pixels that fired: bit i is the one at x + i. In files of old programs
 * the halves are swapped ({@code endianness=legacy}).
 */
final class Evt21Decoder extends Evt2Words {

  private static final int RECORD = 8;
  private static final int LONGEST_VECTOR = 32;

  /** By how many bits a word is rotated. */
  private final int exchanged;

  /** The current event: pixels still to be added, and what they share. */
  private int mask;

  private int head;
  private long maskTime;

  Evt21Decoder(ByteSource source, PropheseeHeader header) throws EventFormatException {
    super(EventFormat.EVT_2_1, header.sensor(source), RECORD);
    exchanged = header.isLegacy() ? Integer.SIZE : 0;
  }

  @Override
  void decode(ByteSource source, DecodedEvents sink) throws IOException {
    addMask(sink);
    super.decode(source, sink);
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final int limit = run.limit - LONGEST_VECTOR;
    final long epoch = time.epoch() << LOW_BITS;
    long runHigh = high;
    int event = run.start;
    int at = from;
    for (; at < to && event <= limit && runHigh != NO_TIME; at += RECORD) {
      long record = Long.rotateLeft((long) ByteSource.LITTLE_LONG.get(buffer, at), exchanged);
      int word = (int) (record >>> Integer.SIZE);
      if (word >>> 29 == 0) {
        int y = (word & COORDINATE) << EventWord.Y;
        int first = word >>> 11 & COORDINATE | y | (word & 1 << 28) << 3;
        long now = runHigh | word >>> 22 & LOW;
        for (int pixels = (int) record; pixels != 0; pixels &= pixels - 1) {
          place[event] = first + Integer.numberOfTrailingZeros(pixels);
          t[event] = now;
          event++;
        }
      } else if (word >>> 28 == TIME_HIGH) {
        long next = epoch + ((long) (word & HIGH) << LOW_BITS);
        if (next < runHigh || next - runHigh > MOST_AT_ONCE) {
          break;
        }
        runHigh = next;
      } else {
        break;
      }
    }
    run.endAt(event);
    highBehindRun = runHigh;
    return at;
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    int first = source.littleEndianInt();
    int second = source.littleEndianInt();
    boolean swapped = exchanged != 0;
    decodeWord(
        swapped ? first : second,
        swapped ? second : first,
        source,
        sink,
        "a damaged file, or halves in another order");
  }

  @Override
  void add(int word, int pixels, long t, DecodedEvents sink) throws EventFormatException {
    mask = pixels;
    head = word;
    maskTime = t;
    addMask(sink);
  }

  private void addMask(DecodedEvents sink) throws EventFormatException {
    while (mask != 0 && !sink.full()) {
      int x = (head >> 11 & COORDINATE) + Integer.numberOfTrailingZeros(mask);
      mask &= mask - 1;
      sink.add(x, head & COORDINATE, maskTime, head >>> 28 == ON);
    }
  }

  @Override
  boolean pending() {
    return mask != 0;
  }
}
