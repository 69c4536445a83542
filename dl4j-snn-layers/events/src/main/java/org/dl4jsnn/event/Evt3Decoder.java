package org.dl4jsnn.event;

import java.io.IOException;

/**
 * EVT 3.0: words of 16 bits, little-endian, with their type in the top 4, each changing one part of
 * the current event: y, the upper or the lower 12 bits of the time, x. A vector is a first x, then
 * masks of the 12 or 8 pixels from there that fired.
 */
final class Evt3Decoder extends RunDecoder {

  private static final int CONTINUED_4 = 0x7;
  private static final int TRIGGER = 0xA;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED_12 = 0xF;

  private final UnwrappedTime time = new UnwrappedTime(Evt3State.TIME_BITS);
  private final Evt3State state = new Evt3State();

  /** The state after the unpacked run. */
  private final Evt3State behindRun = new Evt3State();

  /** Pixels of the current mask still to be added; bit 0 is at {@link #maskX}. */
  private int mask;

  private int maskX;

  Evt3Decoder(ByteSource source, PropheseeHeader header) throws EventFormatException {
    super(EventFormat.EVT_3, header.sensor(source), Evt3State.RECORD);
  }

  @Override
  void decode(ByteSource source, DecodedEvents sink) throws IOException {
    addMask(sink);
    super.decode(source, sink);
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    if (!state.isPlaced()) {
      return from;
    }
    behindRun.set(state);
    return behindRun.unpack(buffer, from, to, run, time.epoch());
  }

  @Override
  void runTaken(EventRun run) {
    state.set(behindRun);
    time.moveTo(state.high >> Evt3State.TIME_BITS);
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    int word = source.littleEndianShort();
    int payload = word & Evt3State.PAYLOAD;
    int type = word >>> Evt3State.TIME_BITS;
    switch (type) {
      case Evt3State.Y -> state.y = payload & Evt3State.COORDINATE;
      case Evt3State.X -> addSingle(payload, sink);
      case Evt3State.VECTOR_BASE -> {
        state.vectorX = payload & Evt3State.COORDINATE;
        state.vectorOn = (payload & Evt3State.POLARITY) != 0;
      }
      case Evt3State.VECTOR_12 -> addVector(payload, 12, sink);
      case Evt3State.VECTOR_8 -> addVector(payload & 0xFF, 8, sink);
      case Evt3State.TIME_LOW -> state.low = payload;
      case Evt3State.TIME_HIGH -> state.timeHigh(time.of(payload) << Evt3State.TIME_BITS);
      case TRIGGER -> leaveOut("external triggers");
      case OTHERS, CONTINUED_4, CONTINUED_12 -> leaveOut("words of monitoring");
      default ->
          throw source.failure(
              "the type of a word must be 0, 2 to 8, 10, 14 or 15", type, "a damaged file");
    }
  }

  private boolean placed() {
    if (!state.isPlaced()) {
      leaveOut("events before the first TIME_HIGH and y");
      return false;
    }
    return true;
  }

  private void addSingle(int payload, DecodedEvents sink) throws EventFormatException {
    if (placed()) {
      sink.add(
          payload & Evt3State.COORDINATE,
          state.y,
          state.high | state.low,
          (payload & Evt3State.POLARITY) != 0);
    }
  }

  private void addVector(int pixels, int length, DecodedEvents sink) throws EventFormatException {
    int first = state.vectorX;
    if (first == Evt3State.NONE) {
      leaveOut("vectors without a first x");
      return;
    }
    state.passMask(length);
    if (placed()) {
      mask = pixels;
      maskX = first;
      addMask(sink);
    }
  }

  private void addMask(DecodedEvents sink) throws EventFormatException {
    while (mask != 0 && !sink.full()) {
      int x = maskX + Integer.numberOfTrailingZeros(mask);
      mask &= mask - 1;
      sink.add(x, state.y, state.high | state.low, state.vectorOn);
    }
  }

  @Override
  boolean pending() {
    return mask != 0;
  }
}
