package org.dl4jsnn.event;

import java.io.IOException;
import java.util.Optional;

/**
 * Prophesee .dat: 32 bits of time, then x in bits 0 to 13, y in bits 14 to 27 and polarity in bits
 * 28 to 31, little-endian.
 */
final class DatDecoder extends StampedDecoder {

  private static final String VERSION = "2";
  private static final int GENERIC = 0;
  private static final int CONTRAST_DETECTION = 12;
  private static final int RECORD = 8;
  private static final int COORDINATE = 0x3FFF;

  private DatDecoder(Optional<SensorSize> sensor) {
    super(EventFormat.PROPHESEE_DAT, sensor, RECORD);
  }

  static DatDecoder open(ByteSource source, PropheseeHeader header) throws IOException {
    String version = header.value("version").orElse("none");
    if (!version.equals(VERSION)) {
      throw source.failureAt(
          0, "Version of a .dat file must be 2", version, "a file from an older program");
    }
    if (!source.begin(2)) {
      throw source.failure(
          "the type and size of events must follow the header",
          "the end of the file",
          "a truncated file");
    }
    int type = source.unsignedByte();
    int size = source.unsignedByte();
    if ((type != GENERIC && type != CONTRAST_DETECTION) || size != RECORD) {
      throw source.failure(
          "events must be of type 0 or 12 and size 8",
          "type " + type + " and size " + size,
          "a file of triggers instead of CD events, or a damaged one");
    }
    return new DatDecoder(header.sensor(source));
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final long epoch = time.epoch();
    int event = run.start;
    int at = from;
    for (; at < to && event < run.limit; at += RECORD) {
      long record = (long) ByteSource.LITTLE_LONG.get(buffer, at);
      int data = (int) (record >>> 32);
      if (data >>> 29 != 0) {
        break;
      }
      int y = data & COORDINATE << 14;
      place[event] = data & COORDINATE | y << EventWord.Y - 14 | (data & 1 << 28) << 3;
      t[event] = epoch + (record & 0xFFFFFFFFL);
      event++;
    }
    run.endAt(event);
    return at;
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    long t = time.of(Integer.toUnsignedLong(source.littleEndianInt()));
    int data = source.littleEndianInt();
    int polarity = data >>> 28;
    if (polarity > 1) {
      throw source.failure("the polarity must be 0 or 1", polarity, "a damaged file");
    }
    sink.add(data & COORDINATE, data >> 14 & COORDINATE, t, polarity == 1);
  }
}
