package org.dl4jsnn.event;

/** EVT 2.0: {@linkplain Evt2Words words} of 32 bits, little-endian, each with at most one event. */
final class Evt2Decoder extends Evt2Words {

  private static final int RECORD = 4;

  Evt2Decoder(ByteSource source, PropheseeHeader header) throws EventFormatException {
    super(EventFormat.EVT_2, header.sensor(source), RECORD);
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
      int word = (int) ByteSource.LITTLE_INT.get(buffer, at);
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
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    decodeWord(source.littleEndianInt(), 0, source, sink, "a damaged file");
  }

  @Override
  void add(int word, int pixels, long t, DecodedEvents sink) throws EventFormatException {
    sink.add(word >> 11 & COORDINATE, word & COORDINATE, t, word >>> 28 == ON);
  }
}
