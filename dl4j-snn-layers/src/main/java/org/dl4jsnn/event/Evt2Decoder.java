package org.dl4jsnn.event;

import java.util.List;
import java.util.Optional;

/**
 * EVT 2.0: words of 32 bits, little-endian, with their type in the top 4. An event has the low 6
 * bits of its time in bits 22 to 27, x in bits 11 to 21 and y in bits 0 to 10; TIME_HIGH has the 28
 * bits above them.
 */
final class Evt2Decoder extends RunDecoder {

  private static final int OFF = 0x0;
  private static final int ON = 0x1;
  private static final int TIME_HIGH = 0x8;
  private static final int TRIGGER = 0xA;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED = 0xF;

  private static final int RECORD = 4;
  private static final int COORDINATE = 0x7FF;
  private static final int LOW_BITS = 6;
  private static final int LOW = (1 << LOW_BITS) - 1;
  private static final int HIGH_BITS = 28;
  private static final int HIGH = (1 << HIGH_BITS) - 1;
  private static final long NO_TIME = -1;

  /** The largest usual step of TIME_HIGH; a larger one may be a late event. */
  private static final long MOST_AT_ONCE = 1L << HIGH_BITS + LOW_BITS - 1;

  private final Optional<SensorSize> sensor;
  private final UnwrappedTime time = new UnwrappedTime(HIGH_BITS);
  private final SkippedEvents leftOut = new SkippedEvents();
  private long high = NO_TIME;

  /** The value of {@link #high} after the unpacked run. */
  private long highBehindRun;

  private Evt2Decoder(Optional<SensorSize> sensor) {
    super(RECORD);
    this.sensor = sensor;
  }

  static Evt2Decoder open(ByteSource source, PropheseeHeader header) throws EventFormatException {
    return new Evt2Decoder(header.sensor(source));
  }

  @Override
  public EventFormat format() {
    return EventFormat.EVT_2;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return sensor;
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final long epoch = time.epoch() << LOW_BITS;
    long runHigh = high;
    int event = run.start;
    int at = from;
    for (; at < to && event < run.limit && runHigh != NO_TIME; at += RECORD) {
      int word = (int) Numbers.LITTLE_INT.get(buffer, at);
      if (word >>> 29 == 0) {
        int y = (word & COORDINATE) << EventWord.Y;
        place[event] = word >>> 11 & COORDINATE | y | (word & 1 << 28) << 3;
        t[event] = runHigh | word >>> 22 & LOW;
        event++;
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
    int word = source.littleEndianInt();
    int type = word >>> 28;
    switch (type) {
      case OFF, ON -> add(word, type == ON, sink);
      case TIME_HIGH -> high = time.of(word & HIGH) << LOW_BITS;
      case TRIGGER -> leftOut.count("external triggers");
      case OTHERS, CONTINUED -> leftOut.count("words of monitoring");
      default ->
          throw source.failure(
              "the type of a word must be 0, 1, 8, 10, 14 or 15, got "
                  + type
                  + ". Possible cause: a damaged file");
    }
  }

  private void add(int word, boolean on, DecodedEvents sink) throws EventFormatException {
    if (high == NO_TIME) {
      leftOut.count("events before the first TIME_HIGH");
      return;
    }
    long t = high | (word >> 22 & LOW);
    sink.add(word >> 11 & COORDINATE, word & COORDINATE, t, on);
  }

  @Override
  public List<String> leftOut() {
    return leftOut.sentences();
  }
}
