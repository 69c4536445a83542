package org.dl4jsnn.event;

import java.util.List;

final class NMnistBytes implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
    Bytes bytes = new Bytes();
    for (TestEvent event : events) {
      int t = (int) event.t();
      bytes.bytes(event.x(), event.y(), (event.on() ? 128 : 0) + t / 65536, t / 256, t);
    }
    return bytes.toArray();
  }
}
