package org.dl4jsnn.event;

import java.io.IOException;
import java.util.Optional;

/**
 * Decodes records of one size. Almost all are usual: events on the sensor, in time order. A tight
 * loop without checks unpacks runs of them into the table; then the run is checked at once. A run
 * that fails is decoded again, record by record, to name the fault; so is every unusual record.
 */
abstract sealed class RunDecoder extends EventDecoder
    permits StampedDecoder, Aedat31Decoder, Evt2Decoder, Evt3Decoder, NumpyDecoder, NMnistDecoder {

  /** The most events of a run: few enough to stay in the processor's cache until checked. */
  static final int LONGEST_RUN = 1 << 10;

  private final int record;

  /** A decoder for records of a given size in bytes. */
  RunDecoder(EventFormat format, Optional<SensorSize> sensor, int record) {
    super(format, sensor);
    this.record = record;
  }

  /**
   * Unpacks usual records and stops before the first unusual one. Changes only the run: the
   * decoder's state changes in {@link #runTaken}.
   *
   * @param buffer the file's bytes; eight may be read wherever a record begins
   * @param from where the first record begins
   * @param to the end of the last whole record
   * @param run the destination of the events; its end is set
   * @return the end of the last unpacked record; {@code from} if none
   */
  abstract int unpack(byte[] buffer, int from, int to, EventRun run);

  /** Whether the times of the non-empty run equal those decoded one by one. */
  boolean timesHold(EventRun run) {
    return true;
  }

  /** Advances the decoder's state, if it has one, past the unpacked run. */
  void runTaken(EventRun run) {}

  /** Decodes the current record, usual or not. */
  abstract void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException;

  @Override
  void decode(ByteSource source, DecodedEvents sink) throws IOException {
    decodeRecords(source, sink, Long.MAX_VALUE);
  }

  /** Decodes so many records, or fewer if none is left or has room; returns their number. */
  final long decodeRecords(ByteSource source, DecodedEvents sink, long most) throws IOException {
    long left = most;
    while (left > 0 && !sink.full() && !sink.pauses(record) && source.begin(record)) {
      int from = source.position();
      int whole = (int) Math.min(left, source.buffered() / record);
      EventRun run = sink.run(LONGEST_RUN);
      int records = (unpack(source.buffer(), from, from + whole * record, run) - from) / record;
      if (records > 0 && (run.isEmpty() || timesHold(run)) && sink.take(run)) {
        runTaken(run);
        source.moveTo(from + records * record);
        left -= records;
      } else {
        left -= oneByOne(source, sink, Math.max(1, records));
      }
    }
    return most - left;
  }

  private int oneByOne(ByteSource source, DecodedEvents sink, int records) throws IOException {
    int decoded = 0;
    while (decoded < records && !sink.full() && source.begin(record)) {
      decodeRecord(source, sink);
      decoded++;
    }
    return decoded;
  }
}
