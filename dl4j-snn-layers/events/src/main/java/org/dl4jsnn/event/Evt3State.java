package org.dl4jsnn.event;

/**
 * The state changed by the words of EVT 3.0: the time and row of the next event, and the start of
 * the next vector. Words that only advance this state are unpacked here, quickly.
 */
final class Evt3State {

  static final int NONE = -1;

  static final int Y = 0x0;
  static final int X = 0x2;
  static final int VECTOR_BASE = 0x3;
  static final int VECTOR_12 = 0x4;
  static final int VECTOR_8 = 0x5;
  static final int TIME_LOW = 0x6;
  static final int TIME_HIGH = 0x8;

  static final int RECORD = 2;
  static final int TIME_BITS = 12;
  static final int PAYLOAD = (1 << TIME_BITS) - 1;
  static final int COORDINATE = 0x7FF;
  static final int POLARITY = 1 << 11;

  /** One bit for each of the most frequent word types. */
  private static final int SIMPLE = 1 << Y | 1 << X | 1 << TIME_LOW;

  private static final int LONGEST_VECTOR = 12;

  /** The shift from the polarity bit to that of an {@link EventWord}. */
  private static final int TO_ON = 20;

  /** The largest usual step of TIME_HIGH; a larger one may be a late event. */
  private static final long MOST_AT_ONCE = 1L << 2 * TIME_BITS - 1;

  /** The first x at which a vector no longer fits into an {@link EventWord}. */
  private static final int FURTHEST_VECTOR = SensorSize.LARGEST - LONGEST_VECTOR;

  long high = NONE;
  int low;
  int y = NONE;
  int vectorX = NONE;
  boolean vectorOn;

  void set(Evt3State other) {
    high = other.high;
    low = other.low;
    y = other.y;
    vectorX = other.vectorX;
    vectorOn = other.vectorOn;
  }

  boolean isPlaced() {
    return high != NONE && y != NONE;
  }

  /** A new TIME_HIGH, unwrapped. */
  void timeHigh(long next) {
    if (next != high) {
      // The lower bits belong to the old upper bits; new lower bits follow at once.
      low = 0;
    }
    high = next;
  }

  /** Moves behind a mask; many empty ones stay off every sensor. */
  void passMask(int length) {
    vectorX = Math.min(SensorSize.LARGEST, vectorX + length);
  }

  /** Like {@link RunDecoder#unpack}, but changes this state, which must be placed. */
  int unpack(byte[] buffer, int from, int to, EventRun run, long epoch) {
    final int[] place = run.place;
    final long[] t = run.t;
    final int limit = run.limit - LONGEST_VECTOR;
    int row = y << EventWord.Y;
    long time = high | low;
    int event = run.start;
    int at = from;
    for (; at < to && event <= limit; at += RECORD) {
      int word = (short) ByteSource.LITTLE_SHORT.get(buffer, at);
      int payload = word & PAYLOAD;
      int type = word >>> TIME_BITS & 0xF;
      if ((SIMPLE >>> type & 1) != 0) {
        // No branches: processors cannot predict the word type.
        int isY = -equal(type, Y);
        int isLow = -equal(type, TIME_LOW);
        row = row & ~isY | (payload & COORDINATE) << EventWord.Y & isY;
        time = time & ~(isLow & PAYLOAD) | payload & isLow;
        place[event] = payload & COORDINATE | row | (payload & POLARITY) << TO_ON;
        t[event] = time;
        event += equal(type, X);
      } else if (type == VECTOR_BASE) {
        vectorX = payload & COORDINATE;
        vectorOn = (payload & POLARITY) != 0;
      } else if (type == VECTOR_12 || type == VECTOR_8) {
        if (vectorX == NONE || vectorX > FURTHEST_VECTOR) {
          break;
        }
        int first = vectorX | row | (vectorOn ? EventWord.ON : 0);
        int length = type == VECTOR_12 ? 12 : 8;
        for (int mask = payload & (1 << length) - 1; mask != 0; mask &= mask - 1) {
          place[event] = first + Integer.numberOfTrailingZeros(mask);
          t[event] = time;
          event++;
        }
        vectorX += length;
      } else if (type == TIME_HIGH) {
        long next = epoch + payload << TIME_BITS;
        if (next < high || next - high > MOST_AT_ONCE) {
          break;
        }
        time = next == high ? time : next;
        high = next;
      } else {
        break;
      }
    }
    run.endAt(event);
    y = row >>> EventWord.Y;
    low = (int) time & PAYLOAD;
    return at;
  }

  /** 1 if two small numbers are equal, otherwise 0. */
  private static int equal(int a, int b) {
    return (a ^ b) - 1 >>> 31;
  }
}
