package org.dl4jsnn.event;

import java.util.List;

/** Events of one time, row and polarity become masks of 32 pixels. */
final class Evt21Bytes implements RecordingWriter {

  private final boolean legacy;

  Evt21Bytes(boolean legacy) {
    this.legacy = legacy;
  }

  @Override
  public byte[] write(List<TestEvent> events) {
    String order = legacy ? "endianness=legacy;" : "";
    Bytes bytes =
        new Bytes().text("% evt 2.1\n% format EVT21;" + order + "height=34;width=34\n% end\n");
    long high = -1;
    int i = 0;
    while (i < events.size()) {
      TestEvent first = events.get(i);
      if (first.t() / 64 != high) {
        high = first.t() / 64;
        word(bytes, 0x80000000L + high % 0x10000000L, 0);
      }
      long mask = 1;
      int end = i + 1;
      while (end < events.size() && follows(events.get(end - 1), events.get(end), first)) {
        mask |= 1L << (events.get(end).x() - first.x());
        end++;
      }
      long type = first.on() ? 1 : 0;
      word(
          bytes,
          type * 0x10000000L + first.t() % 64 * 0x400000L + first.x() * 0x800L + first.y(),
          mask);
      i = end;
    }
    return bytes.toArray();
  }

  private void word(Bytes bytes, long upper, long lower) {
    if (legacy) {
      bytes.little32(upper, lower);
    } else {
      bytes.little32(lower, upper);
    }
  }

  private static boolean follows(TestEvent before, TestEvent event, TestEvent first) {
    return event.t() == first.t()
        && event.y() == first.y()
        && event.on() == first.on()
        && event.x() > before.x()
        && event.x() - first.x() < 32;
  }
}
