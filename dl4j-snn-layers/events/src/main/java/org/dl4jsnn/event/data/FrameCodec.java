package org.dl4jsnn.event.data;

import java.io.IOException;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameShape;

/** Frames in few bytes: the number of zeros, then a count, and so on. */
final class FrameCodec {

  private FrameCodec() {}

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

  /**
   * Decodes frames of a known shape.
   *
   * @throws IOException if the content does not match
   */
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
