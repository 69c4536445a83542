package org.dl4jsnn.event;

import java.util.List;

/** As numpy writes a structured array, with a meaningless field. */
final class NumpyBytes {

  private NumpyBytes() {}

  static byte[] write(List<TestEvent> events) {
    Bytes bytes =
        header(
            "[('t', '<u4'), ('x', '|u1'), ('', '|V1'), ('y', '|i1'), ('p', '|b1')]", events.size());
    for (TestEvent event : events) {
      bytes.little32(event.t()).bytes(event.x(), 9, event.y(), event.on() ? 1 : 0);
    }
    return bytes.toArray();
  }

  static Bytes header(String descr, long events) {
    return prefixed(
        "{'descr': " + descr + ", 'fortran_order': False, 'shape': (" + events + ",), }");
  }

  /** A header with its length before it and padding after it. */
  static Bytes prefixed(String header) {
    String text = header;
    text += " ".repeat(Math.floorMod(-(10 + text.length() + 1), 64)) + "\n";
    return new Bytes().bytes(0x93).text("NUMPY").bytes(1, 0).little16(text.length()).text(text);
  }
}
