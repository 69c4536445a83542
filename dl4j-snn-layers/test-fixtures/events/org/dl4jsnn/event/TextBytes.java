package org.dl4jsnn.event;

import java.util.List;

/** With names of columns in another order than the usual one. */
final class TextBytes implements RecordingWriter {

  @Override
  public byte[] write(List<TestEvent> events) {
    Bytes bytes = new Bytes().text("# events\nx,y,p,timestamp\n");
    for (TestEvent event : events) {
      bytes.text(event.x() + "," + event.y() + "," + (event.on() ? 1 : 0) + "," + event.t() + "\n");
    }
    return bytes.toArray();
  }
}
