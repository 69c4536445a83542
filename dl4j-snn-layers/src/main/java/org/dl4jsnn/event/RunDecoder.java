package org.dl4jsnn.event;

import java.io.IOException;

/**
 * Decodes records of one size. Almost all are usual: events on the sensor, in order of time. Runs
 * of those are unpacked into the table by a tight loop without checks, then checked at once. A run
 * in which something is found is decoded again, record by record, which tells what it is; so is
 * every unusual record.
 */
abstract sealed class RunDecoder implements EventDecoder
    permits StampedDecoder,
        Aedat31Decoder,
        Evt2Decoder,
        Evt21Decoder,
        Evt3Decoder,
        NumpyDecoder,
        NMnistDecoder {

  /** The most events of a run: few enough to be in the processor's cache when they are checked. */
  static final int LONGEST_RUN = 1 << 10;

  private final int record;

  /** For records of a number of bytes. */
  RunDecoder(int record) {
    this.record = record;
  }

  /**
   * Unpacks usual records, up to the first unusual one, in front of it. Changes nothing but the
   * run: what the records change of the decoder's state waits for {@link #runTaken}.
   *
   * @param buffer the file's bytes; eight may be read wherever a record begins
   * @param from where the first record begins
   * @param to behind the last whole record
   * @param run where the events go, whose end is set
   * @return behind the last record that was unpacked; {@code from} if there is none
   */
  abstract int unpack(byte[] buffer, int from, int to, EventRun run);

  /** Whether the times of the run, which is not empty, are what they would be one by one. */
  boolean timesHold(EventRun run) {
    return true;
  }

  /** Brings the decoder's state behind the run that was unpacked. */
  abstract void runTaken(EventRun run);

  /** Decodes the present record, whatever it is. */
  abstract void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException;

  @Override
  public void decode(ByteSource source, DecodedEvents sink) throws IOException {
    decodeRecords(source, sink, Long.MAX_VALUE);
  }

  /**
   * Decodes a number of records, or until the sink is full or no whole record is left.
   *
   * @return how many it has decoded
   */
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
