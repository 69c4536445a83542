package org.dl4jsnn.event;

import java.util.List;

final class DatWriter implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
    Bytes bytes =
        new Bytes()
            .text("% Data file containing CD events.\n% Version 2\n")
            .text("% Width 34\n% Height 34\n")
            .bytes(12, 8);
    for (TestEvent event : events) {
      long data = event.x() + event.y() * 16384L + (event.on() ? 1L : 0L) * 268435456L;
      bytes.little32(event.t(), data);
    }
    return bytes.toArray();
  }
}
