package org.dl4jsnn.event;

import java.util.List;

/** With a packet of another kind between every two packets of events. */
final class Aedat31Writer {

  private Aedat31Writer() {}

  private static final int EVENTS_OF_PACKET = 7;
  private static final int SPECIAL = 0;
  private static final int POLARITY = 1;

  static byte[] write(List<TestEvent> events) {
    Bytes bytes =
        new Bytes()
            .text("#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n")
            .text("#Start-Time: 2020-01-01 00:00:00 (TZ+0100)\r\n#!END-HEADER\r\n");
    for (int from = 0; from < events.size(); from += EVENTS_OF_PACKET) {
      packet(bytes, SPECIAL, 8, 0, 1).little32(3, 0);
      int to = Math.min(events.size(), from + EVENTS_OF_PACKET);
      packet(bytes, POLARITY, 8, events.get(from).t() / 0x80000000L, to - from);
      for (TestEvent event : events.subList(from, to)) {
        long data = event.x() * 131072L + event.y() * 4L + (event.on() ? 2 : 0) + 1;
        bytes.little32(data, event.t() % 0x80000000L);
      }
    }
    return bytes.toArray();
  }

  /** The header of a packet whose events are all valid. */
  static Bytes packet(Bytes bytes, int type, int size, long overflow, int number) {
    return bytes.little16(type, 1).little32(size, 4, overflow, number, number, number);
  }
}
