package org.dl4jsnn.event;

import java.util.List;

/** Events of one time, row and polarity become vectors. */
final class Evt3Bytes implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
    Bytes bytes = new Bytes().text("% format EVT3;height=34;width=34\n% end\n");
    long time = -1;
    long high = -1;
    int i = 0;
    while (i < events.size()) {
      TestEvent first = events.get(i);
      if (first.t() / 4096 != high) {
        high = first.t() / 4096;
        time = -1;
        bytes.little16(0x8000 + (int) (high % 4096));
      }
      if (first.t() != time) {
        time = first.t();
        bytes.little16(0x6000 + (int) (time % 4096));
      }
      bytes.little16(first.y());
      int polarity = first.on() ? 0x800 : 0;
      int mask = 1;
      int end = i + 1;
      while (end < events.size() && follows(events.get(end - 1), events.get(end), first)) {
        mask |= 1 << (events.get(end).x() - first.x());
        end++;
      }
      if (end == i + 1) {
        bytes.little16(0x2000 + polarity + first.x());
      } else {
        bytes.little16(0x3000 + polarity + first.x(), (mask < 256 ? 0x5000 : 0x4000) + mask);
      }
      i = end;
    }
    return bytes.toArray();
  }

  private static boolean follows(TestEvent before, TestEvent event, TestEvent first) {
    return event.t() == first.t()
        && event.y() == first.y()
        && event.on() == first.on()
        && event.x() > before.x()
        && event.x() - first.x() < 12;
  }
}
