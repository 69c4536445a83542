package org.dl4jsnn.event;

import java.util.Optional;

/** Decodes tables whose columns are in memory: a block of rows, or all of them. */
abstract sealed class ColumnsDecoder extends BlockDecoder permits EsImageNetDecoder, Hdf5Decoder {

  final int[] x;
  final int[] y;
  final long[] t;

  /** 1 is ON, 0 and -1 are OFF; others are no polarity. */
  final byte[] p;

  ColumnsDecoder(EventFormat format, Optional<SensorSize> sensor, int rows) {
    super(format, sensor);
    x = new int[rows];
    y = new int[rows];
    t = new long[rows];
    p = new byte[rows];
  }

  @Override
  final void unpack(int from, int to, EventRun run) {
    int event = run.start;
    for (int i = from; i < to; i++) {
      if ((x[i] | y[i]) >>> 15 != 0 || !EventColumn.isPolarity(p[i])) {
        break;
      }
      run.place[event] = EventWord.of(x[i], y[i], p[i] == 1);
      run.t[event] = t[i];
      event++;
    }
    run.endAt(event);
  }

  @Override
  void add(int event, ByteSource source, DecodedEvents sink) throws EventFormatException {
    sink.add(x[event], y[event], t[event], p[event] == 1);
  }
}
