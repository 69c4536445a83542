package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of given bytes, and what becomes of it. */
record Recorded(Path file) {

  static Recorded in(Path folder, Bytes bytes) throws IOException {
    return new Recorded(Files.write(folder.resolve("recording"), bytes.toArray()));
  }

  EventTable table() throws IOException {
    return EventFiles.read(file);
  }

  List<TestEvent> events() throws IOException {
    return TestEvent.of(table());
  }

  List<String> notes() throws IOException {
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      reader.next(Integer.MAX_VALUE);
      return reader.notes();
    }
  }

  void assertRefused(long offset, String expected) {
    String message =
        assertThrows(EventFormatException.class, () -> EventFiles.read(file)).getMessage();
    assertTrue(message.startsWith(file + " at byte " + offset + ": " + expected), message);
  }
}
