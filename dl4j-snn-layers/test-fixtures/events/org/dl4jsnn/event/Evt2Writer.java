package org.dl4jsnn.event;

import java.util.List;

final class Evt2Writer implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
    Bytes bytes =
        new Bytes().text("% Date 2020-01-01 00:00:00\n% evt 2.0\n% geometry 34x34\n% end\n");
    long high = -1;
    for (TestEvent event : events) {
      if (event.t() / 64 != high) {
        high = event.t() / 64;
        bytes.little32(0x80000000L + high % 0x10000000L);
      }
      long type = event.on() ? 1 : 0;
      bytes.little32(
          type * 0x10000000L + event.t() % 64 * 0x400000L + event.x() * 0x800L + event.y());
    }
    return bytes.toArray();
  }
}
