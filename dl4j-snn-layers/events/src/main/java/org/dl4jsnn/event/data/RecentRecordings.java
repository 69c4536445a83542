package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;

/**
 * The most recently read recordings, so that a recording is not read again for each of its parts.
 * Holds as many as fit into a number of events, and those being read. Thread-safe.
 */
final class RecentRecordings {

  private final ReadOptions options;
  private final long maximumEvents;

  /** The least recently used comes first. */
  private final Map<SampleKey.FileIdentity, CompletableFuture<EventTable>> recordings =
      new LinkedHashMap<>(16, 0.75f, true);

  RecentRecordings(ReadOptions options, long maximumEvents) {
    this.options = options;
    this.maximumEvents = maximumEvents;
  }

  /** The current recording; one thread reads it while others wait. */
  EventTable read(Path file) throws IOException {
    SampleKey.FileIdentity identity = SampleKey.FileIdentity.of(file);
    CompletableFuture<EventTable> mine = new CompletableFuture<>();
    CompletableFuture<EventTable> held;
    synchronized (recordings) {
      held = recordings.putIfAbsent(identity, mine);
    }
    if (held != null) {
      return join(held);
    }
    try {
      mine.complete(EventFiles.read(file, options));
      dropOldest();
      return mine.join();
    } catch (IOException | RuntimeException | Error e) {
      mine.completeExceptionally(e);
      synchronized (recordings) {
        recordings.remove(identity);
      }
      throw e;
    }
  }

  private static EventTable join(CompletableFuture<EventTable> held) throws IOException {
    try {
      return held.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void dropOldest() {
    synchronized (recordings) {
      long events = 0;
      for (CompletableFuture<EventTable> recording : recordings.values()) {
        events += size(recording);
      }
      Iterator<CompletableFuture<EventTable>> oldest = recordings.values().iterator();
      while (events > maximumEvents) {
        CompletableFuture<EventTable> recording = oldest.next();
        if (recording.isDone()) {
          events -= size(recording);
          oldest.remove();
        }
      }
    }
  }

  private static int size(CompletableFuture<EventTable> recording) {
    return recording.isDone() && !recording.isCompletedExceptionally()
        ? recording.join().size()
        : 0;
  }
}
