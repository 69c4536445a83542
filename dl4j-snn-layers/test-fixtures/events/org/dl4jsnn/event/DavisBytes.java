package org.dl4jsnn.event;

import java.util.List;

/** A DAVIS346 in AEDAT 2.0, with a word of a frame and one of motion before every fifth event. */
final class DavisBytes implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
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
}
