package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Progress;
import org.dl4jsnn.examples.support.Threads;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.StopRequest;

/** Records the images of a set, several at a time; results do not depend on threads. */
final class CameraRun {

  private static final long PRIME = 1_000_003;

  /** A part of a set: its folder, if the set has parts, and which images are recorded, in order. */
  record Part(String name, SourceImages images, int[] indices) {

    /** The first images, and among them the first of each class. */
    static Part of(String name, SourceImages images, int first, int perClass) {
      int[] numbers = images.numbers();
      return new Part(
          name, images, IntStream.range(0, first).filter(i -> numbers[i] < perClass).toArray());
    }
  }

  private final SimulatedSet set;
  private final List<Part> parts;
  private final Path folder;
  private final long seed;
  private final Output output;
  private final SimulatedCamera camera;
  private final LongAdder recordings = new LongAdder();
  private final LongAdder onEvents = new LongAdder();
  private final LongAdder offEvents = new LongAdder();

  CameraRun(SimulatedSet set, List<Part> parts, Path folder, long seed, Output output) {
    this.set = set;
    this.parts = parts;
    this.folder = folder;
    this.seed = seed;
    this.output = output;
    camera = set.camera.apply(seed);
  }

  /** Runs it, tells where its recordings will be in the end, and returns the exit code. */
  int run(int threads, Path end) throws InterruptedException {
    int all = parts.stream().mapToInt(part -> part.indices().length).sum();
    boolean stopped;
    try (StopRequest stop = StopRequest.onSignal(this::printStop)) {
      stop.listen();
      try (ProgressBar bar = Progress.bar("recording", all, "recordings", output)) {
        Threads.inPool(threads, () -> record(all, threads, stop, bar));
      }
      // Without a recording both may be missing.
      long count = Math.max(1, recordings.sum());
      output.print(
          "%d recordings in %s, on average %d ON and %d OFF events",
          recordings.sum(), end, onEvents.sum() / count, offEvents.sum() / count);
      stopped = stop.isRequested() && recordings.sum() < all;
      if (stopped) {
        output.print("Stopped before the remaining %d", all - recordings.sum());
      }
    }
    return stopped ? StopRequest.EXIT_CODE : 0;
  }

  private void printStop() {
    output.print("%nStopping after the recordings in progress; press Ctrl-C again to stop at once");
  }

  /** In order, so that the first recordings exist after a stop. */
  private Void record(int all, int threads, StopRequest stop, ProgressBar bar) {
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, threads)
        .parallel()
        .forEach(
            thread -> {
              int i = next.getAndIncrement();
              while (i < all && !stop.isRequested()) {
                recordOrEnd(i, next, all);
                bar.step();
                i = next.getAndIncrement();
              }
            });
    return null;
  }

  /** A write error stops the others too. */
  private void recordOrEnd(int place, AtomicInteger next, int all) {
    try {
      record(place);
    } catch (RuntimeException e) {
      next.set(all);
      throw e;
    }
  }

  private void record(int place) {
    int ofFirst = parts.get(0).indices().length;
    int part = place < ofFirst ? 0 : 1;
    int index = parts.get(part).indices()[part == 0 ? place : place - ofFirst];
    SourceImages images = parts.get(part).images();
    Path file = folder.resolve(set.file(parts.get(part).name(), images, index));
    long[] events = new long[2];
    try {
      Files.createDirectories(file.getParent());
      try (EventWriter writer = set.writer.open(file, camera.settings().sensor())) {
        camera.record(
            set.onScreen(images.image(index)),
            // Independent of how many images are recorded.
            seed * PRIME + 2L * index + part,
            (x, y, t, on) -> {
              writer.accept(x, y, t, on);
              events[on ? 1 : 0]++;
            });
        writer.finish();
      }
    } catch (IOException e) {
      throw new UserError("Cannot write " + file + ": " + e, e);
    }
    recordings.increment();
    offEvents.add(events[0]);
    onEvents.add(events[1]);
  }
}
