package org.dl4jsnn.event;

import java.util.List;

final class Aedat2Bytes implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
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
}
