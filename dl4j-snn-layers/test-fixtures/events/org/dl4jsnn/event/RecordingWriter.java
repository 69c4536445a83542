package org.dl4jsnn.event;

import java.util.List;

/** Writes recordings in a format, following only its description. */
interface RecordingWriter {

  /** A whole file. */
  byte[] write(List<TestEvent> events);
}
