package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of given bytes, and what reading it gives. */
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

  private String refusal() {
    String message = refused(EventFormatException.class, () -> EventFiles.read(file));
    assertTrue(message.contains(". Possible cause: "), message);
    return message;
  }

  void assertRefused(long offset, String expected) {
    String message = refusal();
    assertTrue(message.startsWith(file + " at byte " + offset + ": " + expected), message);
  }

  /** Refused at some byte from one on. */
  void assertRefusedAfter(long offset, String expected) {
    EventFormatException failure =
        assertThrows(EventFormatException.class, () -> EventFiles.read(file));
    assertTrue(failure.offset() >= offset, failure.getMessage());
    assertTrue(failure.getMessage().contains(": " + expected), failure.getMessage());
  }

  /** Refused at any byte, with both texts in the message. */
  void assertRefusedFor(String rule, String found) {
    String message = refusal();
    assertTrue(message.startsWith(file + " at byte "), message);
    assertTrue(message.contains(": " + rule) && message.contains(found), message);
  }
}
