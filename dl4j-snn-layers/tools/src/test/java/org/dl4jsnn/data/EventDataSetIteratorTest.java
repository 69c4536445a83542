package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.bytedeco.javacpp.Pointer;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.WrittenFormat;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.event.data.Recordings;
import org.dl4jsnn.event.data.SampleFrames;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.noise.NoiseKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class EventDataSetIteratorTest {

  private static final FrameOptions OPTIONS =
      FrameOptions.of(Slicing.intoEqualParts(5)).summing(4, UnevenRest.LEAVE_OUT);

  private static final EventAugmentation ALL =
      EventAugmentation.chain(
          EventAugmentation.shift(3),
          EventAugmentation.dropEvents(0.3),
          EventAugmentation.jitterTimes(900));

  @TempDir private Path folder;
  private EventDataSet data;

  @BeforeEach
  void write() throws IOException {
    data = Recordings.folders(folder, 3, 4);
  }

  private EventDataSetIterator.Builder builder() {
    return EventDataSetIterator.builder(data, data.train(), OPTIONS).batch(5);
  }

  /** Every remaining minibatch of the epoch, as text. */
  private static List<String> rest(DataSetIterator iterator) {
    List<String> minibatches = new ArrayList<>();
    while (iterator.hasNext()) {
      minibatches.add(text(iterator.next()));
    }
    return minibatches;
  }

  @Test
  void shouldKeepTheContractOfDataSetIterator() {
    EventDataSetIterator iterator = builder().build();
    assertEquals(5, iterator.batch());
    assertEquals(2 * 5 * 8 * 8, iterator.inputColumns());
    assertEquals(3, iterator.totalOutcomes());
    assertEquals(List.of("class0", "class1", "class2"), iterator.getLabels());
    assertTrue(iterator.resetSupported());
    assertFalse(iterator.asyncSupported());
    assertEquals(12, iterator.samples());
    assertEquals(new FrameShape(2, 5, 8, 8), iterator.shape());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertEquals(epoch, iterator.epoch());
      for (int size : new int[] {5, 5, 2}) {
        assertTrue(iterator.hasNext());
        DataSet minibatch = iterator.next();
        assertArrayEquals(new long[] {size, 2, 5, 8, 8}, minibatch.getFeatures().shape());
        assertArrayEquals(new long[] {size, 3}, minibatch.getLabels().shape());
      }
      assertFalse(iterator.hasNext());
      assertMessage(
          NoSuchElementException.class,
          "the epoch must have samples left, got none after 12",
          iterator::next);
      iterator.reset();
    }
    assertEquals(7, iterator.next(7).numExamples());
  }

  @Test
  void shouldGiveTheFramesOfEachSampleAndItsLabel() throws IOException {
    DataSet minibatch = builder().batch(12).build().next();
    for (int i = 0; i < 12; i++) {
      EventSample sample = data.train().get(i);
      EventTable events = EventFiles.read(sample.file(), data.reading());
      float[] values = minibatch.getFeatures().slice(i).dup('c').data().asFloat();
      assertArrayEquals(EventFrames.of(events, OPTIONS).values(), values);
      assertEquals(1, minibatch.getLabels().getDouble(i, sample.label()));
      assertEquals(1, minibatch.getLabels().getRow(i).sumNumber().doubleValue());
    }
  }

  @Test
  void shouldCountEveryEventOfASegment() throws IOException {
    EventDataSet segments = Recordings.segments(folder.resolve("s"));
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(3));
    double sum = 0;
    for (List<EventSample> samples : List.of(segments.train(), segments.test())) {
      EventDataSetIterator iterator =
          EventDataSetIterator.builder(segments, samples, options).build();
      while (iterator.hasNext()) {
        sum += iterator.next().getFeatures().sumNumber().doubleValue();
      }
    }
    assertEquals(3000, sum);
  }

  @Test
  void shouldGiveTheSameForTheSameSeedAndOtherForOthers() {
    EventDataSetIterator one = builder().seed(3).shuffled().augmentation(ALL).build();
    EventDataSetIterator same = builder().seed(3).shuffled().augmentation(ALL).build();
    List<String> first = rest(one);
    assertEquals(first, rest(same));
    one.reset();
    same.reset();
    List<String> second = rest(one);
    assertEquals(second, rest(same));
    assertNotEquals(first, second);
    assertNotEquals(first, rest(builder().seed(4).shuffled().augmentation(ALL).build()));
    same.begin(0);
    assertEquals(first, rest(same));
  }

  @Test
  void shouldContinueInsideAnEpoch() {
    EventDataSetIterator whole = builder().seed(3).shuffled().augmentation(ALL).build();
    EventDataSetIterator continued = builder().seed(3).shuffled().augmentation(ALL).build();
    whole.begin(2);
    whole.next(2);
    continued.begin(2, 2);
    assertEquals(rest(whole), rest(continued));
    continued.begin(0, continued.samples());
    assertFalse(continued.hasNext());
  }

  @Test
  void shouldGiveTheSameWhateverTheNumberOfThreads() {
    List<String> expected = threads(1);
    assertEquals(expected, threads(2));
    assertEquals(expected, threads(5));
  }

  private List<String> threads(int count) {
    ForkJoinPool pool = new ForkJoinPool(count);
    try {
      return pool.submit(() -> rest(builder().shuffled().augmentation(ALL).build())).join();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void shouldAugmentASampleAlikeWhateverItsMinibatch() {
    List<String> single = rest(builder().batch(1).seed(2).augmentation(ALL).build());
    EventDataSetIterator other = builder().seed(2).augmentation(ALL).build();
    other.next(3);
    assertEquals(single.get(3), text(other.next(1)));
  }

  private static String text(DataSet minibatch) {
    return Arrays.toString(minibatch.getFeatures().dup('c').data().asFloat())
        + minibatch.getLabels();
  }

  @Test
  void shouldGoThroughEverySampleOnceInAnotherOrderEachEpoch() {
    List<String> inOrder = rest(builder().batch(1).build());
    EventDataSetIterator iterator = builder().batch(1).shuffled().build();
    List<String> first = rest(iterator);
    iterator.reset();
    List<String> second = rest(iterator);
    assertNotEquals(inOrder, first);
    assertNotEquals(first, second);
    assertEquals(inOrder.stream().sorted().toList(), first.stream().sorted().toList());
    assertEquals(inOrder.stream().sorted().toList(), second.stream().sorted().toList());
  }

  @Test
  void shouldTellTheReaderWhatCannotBeRead() throws IOException {
    Path damaged = data.train().get(7).file();
    Files.write(damaged, new byte[] {1, 2, 3});
    EventDataSetIterator iterator = builder().build();
    iterator.next();
    UncheckedIOException failure = assertThrows(UncheckedIOException.class, iterator::next);
    assertTrue(failure.getCause() instanceof EventFormatException);
    assertTrue(failure.getMessage().contains(damaged + " at byte 0"), failure.getMessage());
  }

  @Test
  void shouldRefuseMinibatchesThatDoNotFitIntoAnArray() {
    FrameOptions large = FrameOptions.of(Slicing.intoEqualParts(500_000));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> EventDataSetIterator.builder(data, data.train(), large).batch(1000).build())
            .getMessage();
    assertTrue(message.contains("must have at most 2147483647 values, got "), message);
    assertTrue(message.endsWith("Use a smaller batch, or sum more pixels per value"), message);
  }

  @Test
  void shouldNameTheRecordingWhoseTimesNoWindowHas() throws IOException {
    Path damaged = folder.resolve("damaged.csv");
    Files.writeString(damaged, "x,y,p,timestamp\n1,1,1,5\n1,2,0," + (1L << 62) + "\n");
    EventDataSet one =
        new EventDataSet(
            "one",
            List.of("a"),
            new SensorSize(34, 34),
            ReadOptions.defaults().sensor(34, 34),
            List.of(new EventSample(damaged, 0)),
            List.of(),
            List.of());
    EventDataSetIterator iterator = EventDataSetIterator.builder(one, one.train(), OPTIONS).build();
    UncheckedIOException failure = assertThrows(UncheckedIOException.class, iterator::next);
    String message = failure.getCause().getMessage();
    assertTrue(message.startsWith(damaged + ": the window's length times 5 steps"), message);
  }

  @Test
  @Timeout(60)
  void shouldTakeNoPlaceOfASimulationWhileItReads() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    Slicing slowDisk =
        new Slicing() {
          @Override
          public int steps() {
            return 1;
          }

          @Override
          public int[] stepsOf(EventTable events, TimeWindow window) {
            begun.countDown();
            try {
              slow.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return new int[events.size()];
          }
        };
    System.setProperty("org.dl4jsnn.threads", "1");
    try (PrefetchingIterator ahead =
        EventDataSetIterator.builder(data, data.train(), FrameOptions.of(slowDisk))
            .build()
            .prefetching(1)) {
      CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(ahead::hasNext);
      begun.await();
      SpikeEncoder.frames().encode(Nd4j.zeros(4, 1, 3, 2, 2), NoiseKey.inference(1));
      assertFalse(reader.isDone());
      slow.countDown();
      assertTrue(reader.join());
    } finally {
      System.clearProperty("org.dl4jsnn.threads");
    }
  }

  @Test
  void shouldRefuseARecordingOfAnotherSensor() throws IOException {
    EventDataSet segments = Recordings.segments(folder.resolve("s"));
    EventDataSet other =
        new EventDataSet(
            "other",
            segments.classes(),
            new SensorSize(34, 34),
            segments.reading(),
            segments.train(),
            List.of(),
            List.of());
    String message =
        assertThrows(
                UncheckedIOException.class,
                () -> EventDataSetIterator.builder(other, other.train(), OPTIONS).build().next())
            .getMessage();
    assertTrue(
        message.endsWith(
            "long.aedat: the sensor must be that of the data set, 34 x 34, got 128 x 128."
                + " Possible cause: a recording of another camera"),
        message);
  }

  @Test
  void shouldWarnOfPartsThatLieOutsideOfTheirRecording() throws IOException {
    EventDataSet segments = Recordings.segments(folder.resolve("s"));
    Path recording = segments.train().get(0).file();
    TimeWindow whole = TimeWindow.of(EventFiles.read(recording));
    EventTable two = new EventTable("test", segments.sensor());
    two.add(1, 1, 10, true);
    two.add(1, 1, 1000, true);
    Path still = folder.resolve("still");
    Files.write(still, WrittenFormat.AEDAT_2.bytes(TestEvent.of(two)));
    TimeWindow late = new TimeWindow(whole.start() * 1000, whole.end() * 1000);
    List<EventSample> samples =
        List.of(
            new EventSample(recording, 0, Optional.of(late)),
            new EventSample(recording, 0, Optional.of(new TimeWindow(0, whole.start()))),
            // A part of a recording in which nothing happens.
            new EventSample(still, 0, Optional.of(new TimeWindow(100, 200))));
    DataSet minibatch;
    List<String> warnings;
    try (LogOf log = new LogOf(SampleFrames.class)) {
      minibatch = EventDataSetIterator.builder(segments, samples, OPTIONS).build().next();
      warnings = log.messages(Level.WARN);
    }
    assertEquals(0, minibatch.getFeatures().sumNumber().doubleValue());
    assertEquals(1, warnings.size(), "one of a file is enough");
    String message = warnings.get(0);
    assertTrue(message.startsWith(recording + ": the part "), message);
    assertTrue(message.contains(" lies outside of the recording, " + whole), message);
  }

  @Test
  void shouldRefuseEventsOfAnotherSensorFromAnAugmentation() {
    EventAugmentation enlarging =
        (events, random) -> new EventTable("test", new SensorSize(128, 128));
    assertBegins(
        IllegalStateException.class,
        "an augmentation must return events of the same sensor, 34 x 34, got 128 x 128",
        () -> builder().augmentation(enlarging).build().next());
  }

  @Test
  void shouldLetAPreProcessorChangeMinibatches() {
    EventDataSetIterator iterator = builder().build();
    iterator.setPreProcessor(minibatch -> minibatch.getFeatures().muli(0));
    assertEquals(0, iterator.next().getFeatures().sumNumber().doubleValue());
    assertTrue(iterator.getPreProcessor() != null);
  }

  @Test
  void shouldRefuseWhatBreaksTheRules() {
    assertMessage("batch must be a whole number of at least 1, got 0", () -> builder().batch(0));
    assertMessage(
        "epoch must be a whole number of at least 0, got -1", () -> builder().build().begin(-1));
    int all = data.train().size();
    assertMessage(
        "done must be from 0 to " + all + ", the epoch's samples, got " + (all + 1),
        () -> builder().build().begin(0, all + 1));
    assertMessage(
        "minibatches must be a whole number of at least 1, got 0",
        () -> builder().build().prefetching(0));
    assertMessage("augmentation must be given, got null", () -> builder().augmentation(null));
    assertMessage(
        "samples must be some of " + data + ", got none. Possible cause: no samples were held out",
        () -> EventDataSetIterator.builder(data, data.heldOut(), OPTIONS));
    EventSample foreign = new EventSample(Path.of("other.aedat"), data.classes().size());
    assertMessage(
        "labels of samples must be below the number of classes, "
            + data.classes().size()
            + ", got "
            + foreign.label()
            + " of "
            + foreign
            + ". Possible cause: it is of another data set",
        () -> EventDataSetIterator.builder(data, List.of(foreign), OPTIONS));
    assertMessage(
        "window must be at most the sensor's smaller side, of 34 x 34, got 35",
        () ->
            EventDataSetIterator.builder(
                    data, data.train(), OPTIONS.summing(35, UnevenRest.LEAVE_OUT))
                .build());
    assertThrows(
        NotSerializableException.class,
        () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(builder().build()));
  }

  private static final int BATCH = 10;
  private static final int AHEAD = 2;

  @Test
  void shouldGoThroughAnEpochInTheMemoryOfAFewMinibatches() throws IOException {
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(500));
    long sampleBytes = options.shape(data.sensor()).size() * (long) Float.BYTES;
    // ND4J may use as much memory outside the heap as Java has inside it. Filling all of that takes
    // many seconds; frames that are kept show far earlier.
    long memory = Runtime.getRuntime().maxMemory() / (Cases.all() ? 1 : 5);
    int times = (int) (1.1 * memory / sampleBytes / 4) + 1;
    List<EventSample> samples =
        Collections.nCopies(times, data.train()).stream().flatMap(List::stream).toList();
    EventDataSetIterator iterator =
        EventDataSetIterator.builder(data, samples, options).batch(BATCH).build();

    PrefetchingIterator prefetching = iterator.prefetching(AHEAD);
    Pointer.deallocateReferences();
    long before = Pointer.totalBytes();
    long peak = 0;
    long bytes = 0;
    int seen = 0;
    while (prefetching.hasNext()) {
      DataSet minibatch = prefetching.next();
      peak = Math.max(peak, Pointer.totalBytes() - before);
      bytes += minibatch.getFeatures().length() * Float.BYTES;
      seen += minibatch.numExamples();
      minibatch.getFeatures().close();
    }
    prefetching.close();

    assertEquals(samples.size(), seen);
    assertTrue(bytes > memory, bytes + " bytes of frames");
    // One in use, those ahead, one waiting for its place, one being made.
    long bound = (AHEAD + 3) * BATCH * sampleBytes;
    assertTrue(peak <= bound + (1 << 20), "at most " + peak + " bytes at once, want " + bound);
  }
}
