package org.dl4jsnn.event;

import java.util.List;

/** Whole files of events in formats of records and lines, following only their descriptions. */
final class RecordFormats {

  private static final String AEDAT_2 =
      "#!AER-DAT2.0\r\n# This is a raw AE data file - do not edit\r\n# AEChip: ";
  private static final String END = "\r\n#End Of ASCII Header\r\n";

  private RecordFormats() {}

  static byte[] aedat2(List<TestEvent> events) {
    Bytes bytes = new Bytes().text(AEDAT_2 + "ch.unizh.ini.jaer.chip.retina.DVS128" + END);
    for (TestEvent event : events) {
      int rawX = 127 - event.x();
      int rawY = 127 - event.y();
      bytes.big32(rawY * 256 + rawX * 2 + (event.on() ? 0 : 1), event.t());
    }
    return bytes.toArray();
  }

  /** A DAVIS346, with a word of a frame and one of motion before every fifth event. */
  static byte[] davis(List<TestEvent> events) {
    Bytes bytes = new Bytes().text(AEDAT_2 + "eu.seebetter.ini.chips.davis.Davis346B" + END);
    int i = 0;
    for (TestEvent event : events) {
      if (i++ % 5 == 0) {
        bytes.big32(0x8000_0000L + i % 1000, event.t(), 0x8000_0C00L + i % 7 * 0x1000, event.t());
      }
      long raw = (259L - event.y()) * 0x400000 + (345 - event.x()) * 0x1000;
      bytes.big32(raw + (event.on() ? 0x800 : 0), event.t());
    }
    return bytes.toArray();
  }

  static byte[] dat(List<TestEvent> events) {
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

  static byte[] nMnist(List<TestEvent> events) {
    Bytes bytes = new Bytes();
    for (TestEvent event : events) {
      int t = (int) event.t();
      bytes.bytes(event.x(), event.y(), (event.on() ? 128 : 0) + t / 65536, t / 256, t);
    }
    return bytes.toArray();
  }

  /** With names of columns in another order than the usual one. */
  static byte[] text(List<TestEvent> events) {
    Bytes bytes = new Bytes().text("# events\nx,y,p,timestamp\n");
    for (TestEvent event : events) {
      bytes.text(event.x() + "," + event.y() + "," + (event.on() ? 1 : 0) + "," + event.t() + "\n");
    }
    return bytes.toArray();
  }

  static byte[] evt2(List<TestEvent> events) {
    Bytes bytes =
        new Bytes().text("% Date 2020-01-01 00:00:00\n% evt 2.0\n% geometry 34x34\n% end\n");
    long high = -1;
    for (TestEvent event : events) {
      if (event.t() / 64 != high) {
        high = event.t() / 64;
        bytes.little32(highOfEvt2(high));
      }
      bytes.little32(eventOfEvt2(event));
    }
    return bytes.toArray();
  }

  private static long highOfEvt2(long high) {
    return 0x80000000L + high % 0x10000000L;
  }

  private static long eventOfEvt2(TestEvent event) {
    long type = event.on() ? 1 : 0;
    return type * 0x10000000L + event.t() % 64 * 0x400000L + event.x() * 0x800L + event.y();
  }

  /** Events of one time, row and polarity become masks of 32 pixels. */
  static byte[] evt21(List<TestEvent> events, boolean legacy) {
    String order = legacy ? "endianness=legacy;" : "";
    Bytes bytes =
        new Bytes().text("% evt 2.1\n% format EVT21;" + order + "height=34;width=34\n% end\n");
    long high = -1;
    int i = 0;
    while (i < events.size()) {
      TestEvent first = events.get(i);
      if (first.t() / 64 != high) {
        high = first.t() / 64;
        halves(bytes, highOfEvt2(high), 0, legacy);
      }
      int end = vectorEnd(events, i, 32);
      halves(bytes, eventOfEvt2(first), mask(events.subList(i, end)), legacy);
      i = end;
    }
    return bytes.toArray();
  }

  private static void halves(Bytes bytes, long upper, long lower, boolean legacy) {
    bytes.little32(legacy ? upper : lower, legacy ? lower : upper);
  }

  /** Events of one time, row and polarity become vectors. */
  static byte[] evt3(List<TestEvent> events) {
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
      int end = vectorEnd(events, i, 12);
      int mask = (int) mask(events.subList(i, end));
      if (end == i + 1) {
        bytes.little16(0x2000 + polarity + first.x());
      } else {
        bytes.little16(0x3000 + polarity + first.x(), (mask < 256 ? 0x5000 : 0x4000) + mask);
      }
      i = end;
    }
    return bytes.toArray();
  }

  /** The event after those that a vector of some pixels can hold together with one. */
  private static int vectorEnd(List<TestEvent> events, int start, int pixels) {
    TestEvent first = events.get(start);
    int end = start + 1;
    while (end < events.size()
        && events.get(end).t() == first.t()
        && events.get(end).y() == first.y()
        && events.get(end).on() == first.on()
        && events.get(end).x() > events.get(end - 1).x()
        && events.get(end).x() - first.x() < pixels) {
      end++;
    }
    return end;
  }

  private static long mask(List<TestEvent> vector) {
    return vector.stream().mapToLong(event -> 1L << (event.x() - vector.get(0).x())).sum();
  }
}
