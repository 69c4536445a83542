package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that make_events.py wrote with programs other than this library, and what they hold.
 */
final class MadeEvents {

  static final int COUNT = 1200;

  private MadeEvents() {}

  static Path copy(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = MadeEvents.class.getResourceAsStream("/events/" + name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  static void assertAre(EventTable table) {
    List<TestEvent> expected = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      expected.add(new TestEvent(7 * i % 34, 11 * i % 30, 1000 + 37L * i, i % 3 == 0));
    }
    assertEquals(expected, TestEvent.of(table));
  }
}
