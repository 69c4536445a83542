package org.dl4jsnn.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * AEDAT 2.0 of a DVS128: address and timestamp, 32 bits each, big-endian. Address: polarity in bit
 * 0, x in bits 1 to 7, y in bits 8 to 14, external in bit 15. Other chips pack addresses
 * differently.
 */
final class Aedat2Decoder extends StampedDecoder {

  /** The header's last line, if it has one. */
  static final String END = "End Of ASCII Header";

  private static final String CHIP = "AEChip:";
  private static final int RECORD = 8;
  private static final int LAST = 127;
  private static final int EXTERNAL = 1 << 15;

  /** The positions of the raw bits in an {@link EventWord}; all bits are inverted there. */
  private static final int INVERTED = EventWord.of(LAST, LAST, true);

  private Aedat2Decoder() {
    super(EventFormat.AEDAT_2, Optional.of(new SensorSize(LAST + 1, LAST + 1)), RECORD);
  }

  /** The decoder for the chip that the header names, or for a DVS128 if it names none. */
  static RunDecoder open(ByteSource source, List<HeaderLine> header) throws EventFormatException {
    for (HeaderLine line : header) {
      String chip = line.text().startsWith(CHIP) ? line.text().substring(CHIP.length()) : "";
      if (chip.toLowerCase(Locale.ROOT).contains("davis")) {
        return new DavisDecoder(
            SensorSize.ofCamera(chip).orElseThrow(() -> unknown(source, line, chip)));
      }
      if (!chip.isEmpty() && !chip.contains("DVS128")) {
        throw unknown(source, line, chip);
      }
    }
    return new Aedat2Decoder();
  }

  private static EventFormatException unknown(ByteSource source, HeaderLine line, String chip) {
    return source.failureAt(
        line.offset(),
        "AEChip must be a DVS128, or a DAVIS240, DAVIS346 or DAVIS640, got"
            + chip
            + ". Possible cause: a recording of another camera, whose addresses have another"
            + " layout");
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final long epoch = time.epoch();
    int event = run.start;
    int at = from;
    for (; at < to && event < run.limit; at += RECORD) {
      long record = (long) ByteSource.BIG_LONG.get(buffer, at);
      int address = (int) (record >>> 32);
      if (address >>> 15 != 0) {
        break;
      }
      int raw = address >>> 1 & LAST | (address & LAST << 8) << EventWord.Y - 8 | address << 31;
      place[event] = raw ^ INVERTED;
      t[event] = epoch + (record & 0xFFFFFFFFL);
      event++;
    }
    run.endAt(event);
    return at;
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    int address = source.bigEndianInt();
    long t = time.of(Integer.toUnsignedLong(source.bigEndianInt()));
    if (address >>> 16 != 0) {
      throw source.failure(
          "the address must be below 65536",
          "0x" + Integer.toHexString(address),
          "a damaged file, or a recording of another camera");
    }
    if ((address & EXTERNAL) != 0) {
      leaveOut("external events");
    } else {
      int x = LAST - (address >> 1 & LAST);
      int y = LAST - (address >> 8 & LAST);
      sink.add(x, y, t, (address & 1) == 0);
    }
  }
}
