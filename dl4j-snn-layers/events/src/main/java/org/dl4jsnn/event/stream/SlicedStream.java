package org.dl4jsnn.event.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.event.ShortSlices;

/**
 * A stream of events in slices of equal time, for a network that takes one after another. One
 * thread reads the stream; one other thread takes the slices.
 *
 * <pre>{@code
 * try (EventStream events = EventStream.connect(7777, ReadOptions.defaults());
 *     SlicedStream slices = SlicedStream.start(events, 10_000)) { // 10 ms
 *   for (var slice = slices.next(); slice.isPresent(); slice = slices.next()) {
 *     slices.answered(slice.get());
 *   }
 * }
 * }</pre>
 *
 * <p>A slice ends when an event of a later slice arrives or the stream ends. Slices may have no
 * events. If too many slices wait, the oldest is dropped, or reading waits ({@link
 * SliceOptions#blocking}).
 *
 * <p>All slices of a packet come at once, however fast the network is. So a slice should not be
 * shorter than a quarter of the sender's packets, or more slices must be allowed to wait.
 */
public final class SlicedStream implements AutoCloseable {

  private final EventStream stream;
  private final StreamClock clock;
  private final SliceQueue queue;
  private final SliceCutter cutter;
  private final StreamFigures.Latencies latencies = new StreamFigures.Latencies();
  private final AtomicLong events = new AtomicLong();
  private volatile boolean closed;
  private volatile Throwable failure;

  private SlicedStream(EventStream stream, long length, SliceOptions options, StreamClock clock) {
    this.stream = Require.given("stream", stream);
    this.clock = Require.given("clock", clock);
    Require.not(length < 1, "length must be at least 1 µs, got %s", length);
    queue = new SliceQueue(Require.given("options", options).waiting(), options.blocks());
    SensorSize sensor =
        stream
            .sensor()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the sensor of a stream must be known, got none. Possible cause: a format"
                            + " that states no size; set it with ReadOptions.sensor"));
    cutter = new SliceCutter(length, sensor, queue);
    ShortSlices.look(length);
    if (options.hasWarmUp()) {
      WarmUp.run(sensor, length, clock, options.warmUp());
    }
  }

  /**
   * Starts reading a stream on a separate thread, with at most four waiting slices.
   *
   * @param stream the events; closed with the slices
   * @param length of a slice, in µs, at least 1
   * @return the slices
   * @throws IllegalArgumentException if the length is below 1 or the stream's sensor is unknown
   */
  public static SlicedStream start(EventStream stream, long length) {
    return start(stream, length, SliceOptions.defaults());
  }

  /**
   * Starts reading a stream on a separate thread, after the warm-up if the options have one.
   *
   * @param stream the events; closed with the slices
   * @param length of a slice, in µs, at least 1
   * @param options how many slices may wait, and what happens then; the warm-up, which runs here
   * @return the slices
   * @throws IllegalArgumentException if the length is below 1 or the stream's sensor is unknown
   */
  public static SlicedStream start(EventStream stream, long length, SliceOptions options) {
    return start(
        stream,
        length,
        options,
        StreamClock.system(),
        reading -> {
          Thread thread = new Thread(reading, "event stream");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /**
   * Starts reading a stream, after the warm-up if the options have one.
   *
   * @param stream the events; closed with the slices
   * @param length of a slice, in µs, at least 1
   * @param options how many slices may wait, and what happens then; the warm-up, which runs here
   * @param clock measures the latency and the warm-up
   * @param executor runs one task, which reads the stream to its end
   * @return the slices
   * @throws IllegalArgumentException if the length is below 1 or the stream's sensor is unknown
   */
  public static SlicedStream start(
      EventStream stream, long length, SliceOptions options, StreamClock clock, Executor executor) {
    SlicedStream slices = new SlicedStream(stream, length, options, clock);
    Require.given("executor", executor).execute(slices::read);
    return slices;
  }

  private void read() {
    try {
      readToEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
    } catch (RuntimeException | Error e) {
      // next() throws it: nothing else sees the failures of this thread.
      failure = e;
    } finally {
      queue.end();
    }
  }

  private void readToEnd() throws InterruptedException {
    try {
      EventTable piece = stream.next();
      while (piece.size() > 0 && !closed) {
        cutter.add(piece, clock.nanos());
        events.addAndGet(piece.size());
        piece = stream.next();
      }
    } catch (IOException e) {
      failure = e;
    }
    endSlice();
  }

  /** The last slice is as long as the stream; one that was closed has none. */
  private void endSlice() throws InterruptedException {
    if (!closed) {
      cutter.end();
    }
  }

  /**
   * Waits for the next slice.
   *
   * @return the slice; empty at the end of the stream, or after close if no slice is waiting
   * @throws org.dl4jsnn.event.EventFormatException if the stream is damaged, after the slices
   *     before the damage
   * @throws IOException if it cannot be read
   * @throws IllegalStateException if reading failed for another reason, its cause
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<EventSlice> next() throws IOException, InterruptedException {
    Optional<EventSlice> slice = queue.take();
    if (slice.isEmpty() && !closed && failure != null) {
      if (failure instanceof IOException damaged) {
        throw damaged;
      }
      throw new IllegalStateException(
          "the stream must be readable to its end, got a failure", failure);
    }
    return slice;
  }

  /**
   * Records that the network has answered a slice, to measure the latency.
   *
   * @param slice the slice
   */
  public void answered(EventSlice slice) {
    latencies.add(clock.nanos() - slice.arrived());
  }

  /** {@return how well the network keeps up with the stream, so far; any thread may call this} */
  public StreamFigures figures() {
    return new StreamFigures(events.get(), latencies.count(), queue.dropped(), latencies.figures());
  }

  /**
   * Ends the stream. Waiting slices can still be taken.
   *
   * @throws IOException if it cannot be closed
   */
  @Override
  public void close() throws IOException {
    closed = true;
    queue.end();
    stream.close();
  }

  /** Made-up slices for a network whose code Java has not compiled yet. */
  private static final class WarmUp {

    /** Java compiles what has run often enough, */
    static final int ENOUGH_SLICES = 100;

    /** and beside the program, which takes time. */
    static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** For networks that are slow anyway. */
    static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** For fast ones. */
    static final int MOST_SLICES = 1000;

    /** A slice has an event for so many pixels, within bounds. */
    private static final int PIXELS_OF_EVENT = 16;

    private static final int MOST_EVENTS = 4096;

    static void run(
        SensorSize sensor, long length, StreamClock clock, Consumer<EventSlice> answer) {
      long start = clock.nanos();
      int slices = 0;
      while (!isEnough(slices, clock.nanos() - start)) {
        answer.accept(slice(slices, sensor, length, clock.nanos()));
        slices++;
      }
    }

    private static boolean isEnough(int slices, long nanos) {
      return slices >= ENOUGH_SLICES && nanos >= ENOUGH_NANOS
          || slices >= MOST_SLICES
          || nanos >= MOST_NANOS;
    }

    private static EventSlice slice(int number, SensorSize sensor, long length, long arrived) {
      SplittableRandom random = new SplittableRandom(number);
      EventTable events = new EventTable("warm-up", sensor);
      long pixels = (long) sensor.width() * sensor.height();
      long count = Math.min(MOST_EVENTS, 1 + pixels / PIXELS_OF_EVENT);
      for (int i = 0; i < count; i++) {
        events.add(
            random.nextInt(sensor.width()),
            random.nextInt(sensor.height()),
            (long) ((double) i / count * length),
            random.nextBoolean());
      }
      return new EventSlice(number, new TimeWindow(0, length), events, arrived);
    }
  }
}
