package org.dl4jsnn.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * EVT 3.0: words of 16 bits, little-endian, with their type in the top 4, each changing one part of
 * the present event: y, the upper or the lower 12 bits of the time, x. A vector is a first x, then
 * masks of 12 or 8 pixels that fired from there on.
 */
final class Evt3Decoder implements EventDecoder {

  private static final int Y = 0x0;
  private static final int X = 0x2;
  private static final int VECTOR_BASE = 0x3;
  private static final int VECTOR_12 = 0x4;
  private static final int VECTOR_8 = 0x5;
  private static final int TIME_LOW = 0x6;
  private static final int CONTINUED_4 = 0x7;
  private static final int TIME_HIGH = 0x8;
  private static final int TRIGGER = 0xA;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED_12 = 0xF;

  private static final int RECORD = 2;
  private static final int COORDINATE = 0x7FF;
  private static final int POLARITY = 1 << 11;
  private static final int TIME_BITS = 12;
  private static final int PAYLOAD = (1 << TIME_BITS) - 1;
  private static final int NONE = -1;

  private final Optional<SensorSize> sensor;
  private final UnwrappedTime time = new UnwrappedTime(TIME_BITS);
  private final LeftOut leftOut = new LeftOut();
  private long high = NONE;
  private int low;
  private int y = NONE;
  private int vectorX = NONE;
  private boolean vectorOn;

  /** Pixels of the present mask that are yet to be added, bit 0 being at {@link #maskX}. */
  private int mask;

  private int maskX;

  private Evt3Decoder(Optional<SensorSize> sensor) {
    this.sensor = sensor;
  }

  static Evt3Decoder open(ByteSource source, PropheseeHeader header) throws EventFormatException {
    return new Evt3Decoder(header.sensor(source));
  }

  @Override
  public EventFormat format() {
    return EventFormat.EVT_3;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return sensor;
  }

  @Override
  public void decode(ByteSource source, EventSink sink) throws IOException {
    addMask(sink);
    while (!sink.full() && source.begin(RECORD)) {
      int word = source.littleEndianShort();
      int payload = word & PAYLOAD;
      int type = word >>> TIME_BITS;
      switch (type) {
        case Y -> y = payload & COORDINATE;
        case X -> addSingle(payload, sink);
        case VECTOR_BASE -> {
          vectorX = payload & COORDINATE;
          vectorOn = (payload & POLARITY) != 0;
        }
        case VECTOR_12 -> addVector(payload, 12, sink);
        case VECTOR_8 -> addVector(payload & 0xFF, 8, sink);
        case TIME_LOW -> low = payload;
        case TIME_HIGH -> timeHigh(payload);
        case TRIGGER -> leftOut.count("external triggers");
        case OTHERS, CONTINUED_4, CONTINUED_12 -> leftOut.count("words of monitoring");
        default ->
            throw source.failure(
                "the type of a word must be 0, 2 to 8, 10, 14 or 15, got "
                    + type
                    + ". Possible cause: a damaged file");
      }
    }
  }

  private void timeHigh(int payload) {
    long next = time.of(payload) << TIME_BITS;
    if (next != high) {
      // The lower bits belong to the old upper ones; the new ones follow at once.
      low = 0;
    }
    high = next;
  }

  private boolean placed() {
    if (high == NONE || y == NONE) {
      leftOut.count("events before the first TIME_HIGH and y");
      return false;
    }
    return true;
  }

  private void addSingle(int payload, EventSink sink) throws EventFormatException {
    if (placed()) {
      sink.add(payload & COORDINATE, y, high | low, (payload & POLARITY) != 0);
    }
  }

  private void addVector(int pixels, int length, EventSink sink) throws EventFormatException {
    if (vectorX == NONE) {
      leftOut.count("vectors without a first x");
    } else if (placed()) {
      mask = pixels;
      maskX = vectorX;
      vectorX += length;
      addMask(sink);
    }
  }

  private void addMask(EventSink sink) throws EventFormatException {
    while (mask != 0 && !sink.full()) {
      int x = maskX + Integer.numberOfTrailingZeros(mask);
      mask &= mask - 1;
      sink.add(x, y, high | low, vectorOn);
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
