package org.dl4jsnn.event.data;

import java.io.IOException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameShape;

/** Events and frames as {@link PackedNumbers}. */
final class SampleCodec {

  /** Bytes per event while a table grows. */
  private static final int BYTES_OF_EVENT = 30;

  private SampleCodec() {}

  /**
   * Events: their number, then for each the time since the previous one, and its pixel and polarity
   * as one number.
   */
  static byte[] encode(EventTable events) throws IOException {
    PackedNumbers.Writer out = new PackedNumbers.Writer();
    out.write(events.size());
    long width = events.sensor().width();
    long before = 0;
    for (int i = 0; i < events.size(); i++) {
      long later = events.t(i) - before;
      // Stored events may go backwards, and numbers are unsigned: the sign goes to bit 0.
      out.write(later << 1 ^ later >> 63);
      out.write((events.y(i) * width + events.x(i)) * 2 + (events.on(i) ? 1 : 0));
      before = events.t(i);
    }
    return out.finish();
  }

  /** Decodes events of a known sensor. */
  static EventTable decode(byte[] bytes, SensorSize sensor) throws IOException {
    EventTable events = new EventTable("cache", sensor);
    long pixels = (long) sensor.width() * sensor.height();
    try (PackedNumbers.Reader in = new PackedNumbers.Reader(bytes)) {
      long size = in.readBelow(fitting());
      long t = 0;
      for (int i = 0; i < size; i++) {
        long later = in.read();
        t += later >>> 1 ^ -(later & 1);
        if (t < 0) {
          throw new IOException("t must be at least 0, got " + t);
        }
        long pixel = in.readBelow(2 * pixels);
        int place = (int) (pixel >> 1);
        events.add(place % sensor.width(), place / sensor.width(), t, (pixel & 1) == 1);
      }
    }
    events.trim();
    return events;
  }

  /** The same limit as for recordings: what fits into half of the heap. */
  private static long fitting() {
    return Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / BYTES_OF_EVENT + 1);
  }

  /** Frames: the number of zeros, then a count, and so on. */
  static byte[] encode(EventFrames frames) throws IOException {
    PackedNumbers.Writer out = new PackedNumbers.Writer();
    int zeros = 0;
    for (float value : frames.values()) {
      if (value == 0) {
        zeros++;
      } else {
        out.write(zeros);
        out.write((long) value);
        zeros = 0;
      }
    }
    out.write(zeros);
    return out.finish();
  }

  /** Decodes frames of a known shape. */
  static EventFrames decode(byte[] bytes, FrameShape shape) throws IOException {
    float[] values = new float[shape.size()];
    try (PackedNumbers.Reader in = new PackedNumbers.Reader(bytes)) {
      int next = (int) in.readBelow(values.length + 1L);
      while (next < values.length) {
        values[next++] = in.readBelow(Integer.MAX_VALUE);
        next += (int) in.readBelow(values.length + 1L - next);
      }
    }
    return new EventFrames(values, shape);
  }
}
