package org.dl4jsnn.event;

import java.util.List;

/** Writes recordings in a format, from its description alone. */
interface RecordingWriter {

  /** A whole file. */
  byte[] write(List<TestEvent> events);
}
