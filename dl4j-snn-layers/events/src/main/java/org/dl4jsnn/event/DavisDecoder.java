package org.dl4jsnn.event;

import java.util.Optional;

/**
 * AEDAT 2.0 of a DAVIS: address and timestamp, 32 bits each, big-endian. If bit 31 of the address
 * is 0, the word is an event; otherwise it belongs to a frame or, with bits 10 and 11, to the
 * motion sensor. An event: external in bit 10, polarity in bit 11, x in bits 12 to 21 from the
 * right, y in bits 22 to 30 from the bottom.
 */
final class DavisDecoder extends StampedDecoder {

  private static final int RECORD = 8;
  private static final int EXTERNAL = 1 << 10;
  private static final int POLARITY = 11;
  private static final int X = 12;
  private static final int X_MASK = 0x3FF;
  private static final int Y = 22;
  private static final int Y_MASK = 0x1FF;

  /** The type of a word that is not an event: how a pixel was read, or 3 for motion. */
  private static final int KIND = 3 << 10;

  private final int right;
  private final int bottom;

  /** State of the run that was unpacked. */
  private int framesOfRun;

  private int motionOfRun;

  DavisDecoder(SensorSize sensor) {
    super(EventFormat.AEDAT_2, Optional.of(sensor), RECORD);
    right = sensor.width() - 1;
    bottom = sensor.height() - 1;
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final long epoch = time.epoch();
    int event = run.start;
    int motion = 0;
    int others = 0;
    int at = from;
    for (; at < to && event < run.limit; at += RECORD) {
      long record = (long) ByteSource.BIG_LONG.get(buffer, at);
      int address = (int) (record >>> Integer.SIZE);
      if (address < 0) {
        others++;
        motion += (address & KIND) == KIND ? 1 : 0;
      } else {
        int x = right - (address >>> X & X_MASK);
        int y = bottom - (address >>> Y & Y_MASK);
        if ((address & EXTERNAL) != 0 || (x | y) < 0) {
          break;
        }
        place[event] = x | y << EventWord.Y | address << 31 - POLARITY & EventWord.ON;
        t[event] = epoch + (record & 0xFFFFFFFFL);
        event++;
      }
    }
    run.endAt(event);
    motionOfRun = motion;
    framesOfRun = others - motion;
    return at;
  }

  @Override
  void runTaken(EventRun run) {
    if (!run.isEmpty()) {
      super.runTaken(run);
    }
    leaveOut("words of frames", framesOfRun);
    leaveOut("words of motion", motionOfRun);
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    int address = source.bigEndianInt();
    long raw = Integer.toUnsignedLong(source.bigEndianInt());
    if (address < 0) {
      leaveOut((address & KIND) == KIND ? "words of motion" : "words of frames");
    } else if ((address & EXTERNAL) != 0) {
      leaveOut("external events");
    } else {
      int x = right - (address >> X & X_MASK);
      int y = bottom - (address >> Y & Y_MASK);
      sink.add(x, y, time.of(raw), (address >> POLARITY & 1) == 1);
    }
  }
}
