package org.dl4jsnn.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * EVT 2.1: words of 64 bits, little-endian, whose upper half is a word of EVT 2.0. The lower half
 * of an event is a mask of pixels that fired: bit i is the one at x + i. In files of old programs
 * the halves are swapped ({@code endianness=legacy}).
 */
final class Evt21Decoder extends RunDecoder {

  private static final int OFF = 0x0;
  private static final int ON = 0x1;
  private static final int TIME_HIGH = 0x8;
  private static final int TRIGGER = 0xA;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED = 0xF;

  private static final int RECORD = 8;
  private static final int COORDINATE = 0x7FF;
  private static final int LOW_BITS = 6;
  private static final int LOW = (1 << LOW_BITS) - 1;
  private static final int HIGH_BITS = 28;
  private static final int HIGH = (1 << HIGH_BITS) - 1;
  private static final long NO_TIME = -1;
  private static final int LONGEST_VECTOR = 32;

  /** The largest usual step of TIME_HIGH; a larger one may be a late event. */
  private static final long MOST_AT_ONCE = 1L << HIGH_BITS + LOW_BITS - 1;

  private final Optional<SensorSize> sensor;

  /** By how many bits a word is rotated. */
  private final int exchanged;

  private final UnwrappedTime time = new UnwrappedTime(HIGH_BITS);
  private final SkippedEvents leftOut = new SkippedEvents();
  private long high = NO_TIME;

  /** The value of {@link #high} after the unpacked run. */
  private long highBehindRun;

  /** The current event: pixels still to be added, and what they share. */
  private int mask;

  private int head;
  private long maskTime;

  private Evt21Decoder(Optional<SensorSize> sensor, boolean legacy) {
    super(RECORD);
    this.sensor = sensor;
    exchanged = legacy ? Integer.SIZE : 0;
  }

  static Evt21Decoder open(ByteSource source, PropheseeHeader header) throws EventFormatException {
    return new Evt21Decoder(header.sensor(source), header.isLegacy());
  }

  @Override
  public EventFormat format() {
    return EventFormat.EVT_2_1;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return sensor;
  }

  @Override
  public void decode(ByteSource source, DecodedEvents sink) throws IOException {
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
      long record = Long.rotateLeft((long) Numbers.LITTLE_LONG.get(buffer, at), exchanged);
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
  void runTaken(EventRun run) {
    high = highBehindRun;
    time.moveTo(high >> LOW_BITS);
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    int first = source.littleEndianInt();
    int second = source.littleEndianInt();
    int word = exchanged == 0 ? second : first;
    int type = word >>> 28;
    switch (type) {
      case OFF, ON -> begin(word, exchanged == 0 ? first : second, sink);
      case TIME_HIGH -> high = time.of(word & HIGH) << LOW_BITS;
      case TRIGGER -> leftOut.count("external triggers");
      case OTHERS, CONTINUED -> leftOut.count("words of monitoring");
      default ->
          throw source.failure(
              "the type of a word must be 0, 1, 8, 10, 14 or 15, got "
                  + type
                  + ". Possible cause: a damaged file, or halves in another order");
    }
  }

  private void begin(int word, int pixels, DecodedEvents sink) throws EventFormatException {
    if (high == NO_TIME) {
      leftOut.count("events before the first TIME_HIGH");
      return;
    }
    mask = pixels;
    head = word;
    maskTime = high | (word >> 22 & LOW);
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
  public boolean pending() {
    return mask != 0;
  }

  @Override
  public List<String> leftOut() {
    return leftOut.sentences();
  }
}
