package org.dl4jsnn.event.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.WrittenFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentRecordingsTest {

  @TempDir private Path folder;
  private Path one;
  private Path other;
  private int events;

  @BeforeEach
  void write() throws IOException {
    one = folder.resolve("one");
    other = folder.resolve("other");
    events = Recordings.write(one, WrittenFormat.EVT_2, 1).size();
    Recordings.write(other, WrittenFormat.EVT_2, 1);
  }

  private static RecentRecordings holding(long events) {
    return new RecentRecordings(ReadOptions.defaults(), events);
  }

  @Test
  void shouldReadARecordingOnceWhileItIsHeld() throws IOException {
    RecentRecordings recordings = holding(2L * events);
    EventTable first = recordings.read(one);
    recordings.read(other);
    assertSame(first, recordings.read(one));
  }

  @Test
  void shouldDropTheOneUsedLeastRecently() throws IOException {
    RecentRecordings recordings = holding(2L * events - 1);
    EventTable first = recordings.read(one);
    EventTable second = recordings.read(other);
    assertSame(second, recordings.read(other));
    assertNotSame(first, recordings.read(one));
  }

  @Test
  void shouldHoldNothingIfNothingFits() throws IOException {
    RecentRecordings recordings = holding(0);
    assertNotSame(recordings.read(one), recordings.read(one));
  }

  @Test
  void shouldTryAgainAfterAFailure() throws IOException {
    RecentRecordings recordings = holding(1000);
    Path late = Files.write(folder.resolve("late"), new byte[] {1});
    assertThrows(EventFormatException.class, () -> recordings.read(late));
    Files.copy(one, late, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(events, recordings.read(late).size());
  }

  @Test
  void shouldReadOnceForManyThreads() throws Exception {
    RecentRecordings recordings = holding(1000);
    Set<EventTable> tables = Collections.newSetFromMap(new IdentityHashMap<>());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<EventTable>> calls = Collections.nCopies(50, () -> recordings.read(one));
      for (Future<EventTable> call : threads.invokeAll(calls)) {
        tables.add(call.get());
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(1, tables.size());
  }
}
