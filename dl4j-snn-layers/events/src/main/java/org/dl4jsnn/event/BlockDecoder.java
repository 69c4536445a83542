package org.dl4jsnn.event;

import java.io.IOException;
import java.util.Optional;

/**
 * Decodes events that come in blocks, such as compressed packets. A whole block is in memory, and
 * its events go into the sink in runs, like those of a {@link RunDecoder}.
 */
abstract sealed class BlockDecoder extends EventDecoder permits Aedat4Decoder, ColumnsDecoder {

  private int next;
  private int size;

  BlockDecoder(EventFormat format, Optional<SensorSize> sensor) {
    super(format, sensor);
  }

  /** Moves to the next block that has events; returns their number, 0 at the end. */
  abstract int nextBlock(ByteSource source) throws IOException;

  /**
   * Unpacks usual events of the block and stops before the first unusual one.
   *
   * @param from the first event
   * @param run the destination; its end is set
   */
  abstract void unpack(int from, int to, EventRun run);

  /** Checks any event of the block and adds it. */
  abstract void add(int event, ByteSource source, DecodedEvents sink) throws EventFormatException;

  @Override
  final void decode(ByteSource source, DecodedEvents sink) throws IOException {
    while (!sink.full()) {
      if (next == size) {
        if (sink.pauses(Integer.MAX_VALUE)) {
          return;
        }
        next = 0;
        size = 0;
        size = nextBlock(source);
        if (size == 0) {
          return;
        }
      }
      EventRun run = sink.run(Math.min(RunDecoder.LONGEST_RUN, size - next));
      unpack(next, next + run.limit - run.start, run);
      int usual = run.end() - run.start;
      if (usual > 0 && sink.take(run)) {
        next += usual;
      } else {
        oneByOne(source, sink, Math.max(1, usual));
      }
    }
  }

  private void oneByOne(ByteSource source, DecodedEvents sink, int events) throws IOException {
    for (int i = 0; i < events && !sink.full(); i++) {
      add(next, source, sink);
      next++;
    }
  }

  @Override
  boolean pending() {
    return next < size;
  }
}
