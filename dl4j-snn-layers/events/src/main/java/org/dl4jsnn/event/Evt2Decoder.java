package org.dl4jsnn.event;

import java.io.IOException;

/**
 * EVT 2.0 and 2.1. A word of EVT 2.0 has 32 bits, little-endian, with its type in the top 4. An
 * event has the low 6 bits of its time in bits 22 to 27, x in bits 11 to 21 and y in bits 0 to 10;
 * TIME_HIGH has the 28 bits above them.
 *
 * <p>EVT 2.1 has words of 64 bits, little-endian, whose upper half is a word of EVT 2.0. The lower
 * half of an event is a mask of pixels that fired: bit i is the one at x + i. In files of old
 * programs the halves are swapped ({@code endianness=legacy}).
 */
final class Evt2Decoder extends RunDecoder {

  private static final int OFF = 0x0;
  private static final int ON = 0x1;
  private static final int TIME_HIGH = 0x8;
  private static final int TRIGGER = 0xA;
  private static final int MOTION = 0xD;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED = 0xF;

  private static final int COORDINATE = 0x7FF;
  private static final int LOW_BITS = 6;
  private static final int LOW = (1 << LOW_BITS) - 1;
  private static final int HIGH_BITS = 28;
  private static final int HIGH = (1 << HIGH_BITS) - 1;
  private static final long NO_TIME = -1;

  /** The largest usual step of TIME_HIGH; a larger one may be a late event. */
  private static final long MOST_AT_ONCE = 1L << HIGH_BITS + LOW_BITS - 1;

  /** Whether words have masks, as in EVT 2.1. */
  private final boolean hasMasks;

  /** By how many bits a word with a mask is rotated. */
  private final int exchanged;

  private final int mostOfWord;

  private final UnwrappedTime time = new UnwrappedTime(HIGH_BITS);
  private long high = NO_TIME;

  /** The value of {@link #high} after the unpacked run. */
  private long highBehindRun;

  /** The current event: pixels still to be added, and what they share. */
  private int mask;

  private int head;
  private long maskTime;

  /** A decoder of {@link EventFormat#EVT_2} or {@link EventFormat#EVT_2_1}. */
  Evt2Decoder(EventFormat format, ByteSource source, PropheseeHeader header)
      throws EventFormatException {
    super(
        format, header.sensor(source), format == EventFormat.EVT_2_1 ? Long.BYTES : Integer.BYTES);
    hasMasks = format == EventFormat.EVT_2_1;
    exchanged = header.isLegacy() ? Integer.SIZE : 0;
    mostOfWord = hasMasks ? Integer.SIZE : 1;
  }

  @Override
  void decode(ByteSource source, DecodedEvents sink) throws IOException {
    addMask(sink);
    super.decode(source, sink);
  }

  /** A word of EVT 2.1: that of EVT 2.0 in the upper half, its mask in the lower one. */
  private long masked(byte[] buffer, int at) {
    return Long.rotateLeft((long) ByteSource.LITTLE_LONG.get(buffer, at), exchanged);
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final int limit = run.limit - mostOfWord;
    final long epoch = time.epoch() << LOW_BITS;
    // A local copy, so that Java compiles a loop for either format.
    final boolean masked = hasMasks;
    long runHigh = high;
    int event = run.start;
    int at = from;
    for (;
        at < to && event <= limit && runHigh != NO_TIME;
        at += masked ? Long.BYTES : Integer.BYTES) {
      int word;
      int pixels;
      if (masked) {
        long whole = masked(buffer, at);
        word = (int) (whole >>> Integer.SIZE);
        pixels = (int) whole;
      } else {
        word = (int) ByteSource.LITTLE_INT.get(buffer, at);
        pixels = 0;
      }
      if (word >>> 29 == 0) {
        int y = (word & COORDINATE) << EventWord.Y;
        int first = word >>> 11 & COORDINATE | y | (word & 1 << 28) << 3;
        long now = runHigh | word >>> 22 & LOW;
        if (masked) {
          for (; pixels != 0; pixels &= pixels - 1) {
            place[event] = first + Integer.numberOfTrailingZeros(pixels);
            t[event] = now;
            event++;
          }
        } else {
          place[event] = first;
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
  void runTaken(EventRun run) {
    high = highBehindRun;
    time.moveTo(high >> LOW_BITS);
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    long whole;
    if (hasMasks) {
      whole = masked(source.buffer(), source.position());
      source.moveTo(source.position() + Long.BYTES);
    } else {
      whole = (long) source.littleEndianInt() << Integer.SIZE | 1;
    }
    int word = (int) (whole >>> Integer.SIZE);
    int type = word >>> 28;
    switch (type) {
      case OFF, ON -> {
        if (high == NO_TIME) {
          leaveOut("events before the first TIME_HIGH");
        } else {
          mask = (int) whole;
          head = word;
          maskTime = high | (word >> 22 & LOW);
          addMask(sink);
        }
      }
      case TIME_HIGH -> high = time.of(word & HIGH) << LOW_BITS;
      case TRIGGER -> leaveOut("external triggers");
      case MOTION -> leaveOut("words of motion");
      case OTHERS, CONTINUED -> leaveOut("words of monitoring");
      default ->
          throw source.failure(
              "the type of a word must be 0, 1, 8, 10 or 13 to 15",
              type,
              hasMasks ? "a damaged file, or halves in another order" : "a damaged file");
    }
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
