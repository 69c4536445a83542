package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Every format with a writer that follows only its description. */
public enum WrittenFormat {
  AEDAT_2(EventFormat.AEDAT_2, new SensorSize(128, 128), WrittenFormat::aedat2),
  AEDAT_2_DAVIS(EventFormat.AEDAT_2, new SensorSize(346, 260), WrittenFormat::davis),
  AEDAT_3_1(EventFormat.AEDAT_3_1, new SensorSize(128, 128), new Aedat31Writer()::write),
  AEDAT_4(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(0)::write),
  AEDAT_4_LZ4(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(1)::write),
  AEDAT_4_ZSTD(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(3)::write),
  PROPHESEE_DAT(EventFormat.PROPHESEE_DAT, TestEvent.SENSOR, WrittenFormat::dat),
  EVT_2(EventFormat.EVT_2, TestEvent.SENSOR, WrittenFormat::evt2),
  EVT_2_1(EventFormat.EVT_2_1, TestEvent.SENSOR, events -> evt21(events, false)),
  EVT_2_1_LEGACY(EventFormat.EVT_2_1, TestEvent.SENSOR, events -> evt21(events, true)),
  EVT_3(EventFormat.EVT_3, TestEvent.SENSOR, WrittenFormat::evt3),
  N_MNIST(EventFormat.N_MNIST, TestEvent.SENSOR, WrittenFormat::nMnist),
  NUMPY(EventFormat.NUMPY, TestEvent.SENSOR, new NumpyBytes()::write),
  TEXT(EventFormat.TEXT, TestEvent.SENSOR, WrittenFormat::text),
  HDF5(EventFormat.HDF5, TestEvent.SENSOR, new Hdf5Bytes()::write);

  public final EventFormat format;
  public final SensorSize sensor;
  private final Function<List<TestEvent>, byte[]> writer;

  WrittenFormat(EventFormat format, SensorSize sensor, Function<List<TestEvent>, byte[]> writer) {
    this.format = format;
    this.sensor = sensor;
    this.writer = writer;
  }

  public byte[] bytes(List<TestEvent> events) {
    return writer.apply(events);
  }

  Path write(Path folder, List<TestEvent> events) throws IOException {
    return Files.write(folder.resolve("recording.jpg"), bytes(events));
  }

  /** In bytes: a word or record of a binary format, a line of a text. */
  int longestRecord() {
    return this == TEXT ? "33,33,1,".length() + 8 : 8;
  }

  /** How to read it, with the size that some formats lack. */
  ReadOptions options() {
    return ReadOptions.defaults().sensor(TestEvent.SENSOR.width(), TestEvent.SENSOR.height());
  }

  private static byte[] aedat2(List<TestEvent> events) {
    Bytes bytes =
        new Bytes()
            .text("#!AER-DAT2.0\r\n# This is a raw AE data file - do not edit\r\n")
            .text("# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n")
            .text("#End Of ASCII Header\r\n");
    for (TestEvent event : events) {
      int rawX = 127 - event.x();
      int rawY = 127 - event.y();
      bytes.big32(rawY * 256 + rawX * 2 + (event.on() ? 0 : 1), event.t());
    }
    return bytes.toArray();
  }

  /** A DAVIS346 in AEDAT 2.0, with a word of a frame and one of motion before every fifth event. */
  private static byte[] davis(List<TestEvent> events) {
    Bytes bytes =
        new Bytes()
            .text("#!AER-DAT2.0\r\n# This is a raw AE data file - do not edit\r\n")
            .text("# AEChip: eu.seebetter.ini.chips.davis.Davis346B\r\n")
            .text("#End Of ASCII Header\r\n");
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

  private static byte[] dat(List<TestEvent> events) {
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

  private static byte[] evt2(List<TestEvent> events) {
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

  /** Events of one time, row and polarity become masks of 32 pixels. */
  private static byte[] evt21(List<TestEvent> events, boolean legacy) {
    String order = legacy ? "endianness=legacy;" : "";
    Bytes bytes =
        new Bytes().text("% evt 2.1\n% format EVT21;" + order + "height=34;width=34\n% end\n");
    long high = -1;
    int i = 0;
    while (i < events.size()) {
      TestEvent first = events.get(i);
      if (first.t() / 64 != high) {
        high = first.t() / 64;
        word(legacy, bytes, 0x80000000L + high % 0x10000000L, 0);
      }
      long mask = 1;
      int end = i + 1;
      while (end < events.size() && follows(events.get(end - 1), events.get(end), first, 32)) {
        mask |= 1L << (events.get(end).x() - first.x());
        end++;
      }
      long type = first.on() ? 1 : 0;
      word(
          legacy,
          bytes,
          type * 0x10000000L + first.t() % 64 * 0x400000L + first.x() * 0x800L + first.y(),
          mask);
      i = end;
    }
    return bytes.toArray();
  }

  private static void word(boolean legacy, Bytes bytes, long upper, long lower) {
    if (legacy) {
      bytes.little32(upper, lower);
    } else {
      bytes.little32(lower, upper);
    }
  }

  /** Events of one time, row and polarity become vectors. */
  private static byte[] evt3(List<TestEvent> events) {
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
      while (end < events.size() && follows(events.get(end - 1), events.get(end), first, 12)) {
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

  private static boolean follows(
      TestEvent before, TestEvent event, TestEvent first, int width) {
    return event.t() == first.t()
        && event.y() == first.y()
        && event.on() == first.on()
        && event.x() > before.x()
        && event.x() - first.x() < width;
  }

  private static byte[] nMnist(List<TestEvent> events) {
    Bytes bytes = new Bytes();
    for (TestEvent event : events) {
      int t = (int) event.t();
      bytes.bytes(event.x(), event.y(), (event.on() ? 128 : 0) + t / 65536, t / 256, t);
    }
    return bytes.toArray();
  }

  /** With names of columns in another order than the usual one. */
  private static byte[] text(List<TestEvent> events) {
    Bytes bytes = new Bytes().text("# events\nx,y,p,timestamp\n");
    for (TestEvent event : events) {
      bytes.text(event.x() + "," + event.y() + "," + (event.on() ? 1 : 0) + "," + event.t() + "\n");
    }
    return bytes.toArray();
  }
}
