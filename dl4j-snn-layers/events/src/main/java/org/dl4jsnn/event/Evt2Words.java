package org.dl4jsnn.event;

import java.util.Optional;

/**
 * The words of EVT 2.0, which EVT 2.1 has as well: their type is in the top 4 of 32 bits. An event
 * has the low 6 bits of its time in bits 22 to 27, x in bits 11 to 21 and y in bits 0 to 10;
 * TIME_HIGH has the 28 bits above them.
 */
abstract sealed class Evt2Words extends RunDecoder permits Evt2Decoder, Evt21Decoder {

  static final int ON = 0x1;
  static final int TIME_HIGH = 0x8;

  static final int COORDINATE = 0x7FF;
  static final int LOW_BITS = 6;
  static final int LOW = (1 << LOW_BITS) - 1;
  static final int HIGH_BITS = 28;
  static final int HIGH = (1 << HIGH_BITS) - 1;
  static final long NO_TIME = -1;

  /** The largest usual step of TIME_HIGH; a larger one may be a late event. */
  static final long MOST_AT_ONCE = 1L << HIGH_BITS + LOW_BITS - 1;

  private static final int OFF = 0x0;
  private static final int TRIGGER = 0xA;
  private static final int MOTION = 0xD;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED = 0xF;

  final UnwrappedTime time = new UnwrappedTime(HIGH_BITS);
  long high = NO_TIME;

  /** The value of {@link #high} after the unpacked run. */
  long highBehindRun;

  Evt2Words(EventFormat format, Optional<SensorSize> sensor, int record) {
    super(format, sensor, record);
  }

  @Override
  final void runTaken(EventRun run) {
    high = highBehindRun;
    time.moveTo(high >> LOW_BITS);
  }

  /**
   * Decodes one word.
   *
   * @param pixels what else an event's record has
   * @param cause of an unknown type
   */
  final void decodeWord(int word, int pixels, ByteSource source, DecodedEvents sink, String cause)
      throws EventFormatException {
    int type = word >>> 28;
    switch (type) {
      case OFF, ON -> {
        if (high == NO_TIME) {
          leaveOut("events before the first TIME_HIGH");
        } else {
          add(word, pixels, high | (word >> 22 & LOW), sink);
        }
      }
      case TIME_HIGH -> high = time.of(word & HIGH) << LOW_BITS;
      case TRIGGER -> leaveOut("external triggers");
      case MOTION -> leaveOut("words of motion");
      case OTHERS, CONTINUED -> leaveOut("words of monitoring");
      default ->
          throw source.failure("the type of a word must be 0, 1, 8, 10 or 13 to 15", type, cause);
    }
  }

  /** Adds the events of a word at time t. */
  abstract void add(int word, int pixels, long t, DecodedEvents sink) throws EventFormatException;
}
