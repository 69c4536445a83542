package org.dl4jsnn.examples.events;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.dl4jsnn.event.EventConsumer;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast one thread reads recordings, from the file to the table. */
@Command(
    name = "speed",
    description =
        "Measure how fast recordings are read, as a Markdown table; with --data how fast minibatches"
            + " of a data set are made.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} recording.aedat --runs 5"})
final class EventsSpeed extends ExampleCommand {

  private static final double MILLION = 1e6;
  private static final int MINIBATCH = 32;
  private static final int EPOCHS = 3;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Recordings; default: random ones in eight formats.")
  private List<Path> files = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each is read, after the same number of warm-up reads; default: 15.")
  private int runs = 15;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events per random recording; default: ${DEFAULT-VALUE}.")
  private int events = 4_000_000;

  @Mixin private EventDataOptions data;
  @Mixin private EventAugmentationOptions augmented;

  @Override
  public Integer call() {
    OptionRules.atLeast("--runs", runs, 1);
    // Pauses of 1 µs on average, and 23 bits of time in N-MNIST's layout.
    OptionRules.within("--events", events, 1, 4_000_000);
    Output out = output();
    OptionRules.apart("--set", data.layout, data.data == null, "without --data");
    if (data.data != null) {
      if (!files.isEmpty()) {
        throw new UserError("Recordings must not be given with --data, got " + files);
      }
      data.check();
      augmented.check();
      measureMinibatches(out);
      return 0;
    }
    out.print("| file | format | events | MB | median M events/s | best M events/s | best MB/s |");
    out.print("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    try {
      if (files.isEmpty()) {
        measureRandom(out);
      }
      for (Path file : files) {
        measure(file, out);
      }
    } catch (EventFormatException e) {
      throw new UserError(OptionNames.without(e), e);
    } catch (IOException e) {
      throw new UserError("Cannot read or write a recording: " + e, e);
    }
    return 0;
  }

  /** How fast a training's minibatches are made, without a network. */
  private void measureMinibatches(Output out) {
    EventDataSet recordings = data.dataSet();
    EventTrainingData training =
        new EventTrainingData(recordings, data, augmented.augmentation(), MINIBATCH);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      long start = System.nanoTime();
      Duration before = processTime();
      DataSetIterator minibatches = training.training(1, epoch, 0);
      while (minibatches.hasNext()) {
        minibatches.next();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double busy = processTime().minus(before).toMillis() / 1e3;
      out.print(
          "epoch %d: %,d samples in %.2f s, %.0f samples/s; the processor was busy for %.2f s",
          epoch + 1, training.trainingSize(), seconds, training.trainingSize() / seconds, busy);
    }
  }

  /** What other programs take is not in it. */
  private static Duration processTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void measureRandom(Output out) throws IOException {
    Path folder = Files.createTempDirectory("events-speed");
    try {
      for (RandomRecording recording : RandomRecording.values()) {
        Path file = folder.resolve(recording.fileName);
        try {
          recording.write(file, events);
          measure(file, out);
        } finally {
          Files.deleteIfExists(file);
        }
      }
    } finally {
      Files.delete(folder);
    }
  }

  private void measure(Path file, Output out) throws IOException {
    List<Double> rates = new ArrayList<>();
    EventTable table = EventFiles.read(file);
    for (int run = -runs; run < runs; run++) {
      long start = System.nanoTime();
      table = EventFiles.read(file);
      double microseconds = (System.nanoTime() - start) / 1e3;
      if (run >= 0) {
        rates.add(table.size() / microseconds);
      }
    }
    double megabytes = Files.size(file) / MILLION;
    double best = Collections.max(rates);
    out.print(
        "| %s | %s | %d | %.1f | %.1f | %.1f | %.0f |",
        file.getFileName(),
        table.format(),
        table.size(),
        megabytes,
        Median.of(rates),
        best,
        best * MILLION * megabytes / table.size());
  }

  /**
   * Recordings of random events for timing readers. Formats that the library does not write are as
   * plain as the format allows.
   */
  enum RandomRecording {
    AEDAT_2("random.aedat", EventWriter::aedat2),

    /** Packets of up to 8,192 events. */
    AEDAT_3_1(
        "random-3.1.aedat",
        "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n",
        (records, events) -> {
          int[] left = {0, events};
          return (x, y, t, on) -> {
            if (left[0] == 0) {
              left[0] = Math.min(8192, left[1]);
              left[1] -= left[0];
              // Kind 1, source 1; size, time offset, overflow; capacity, number, valid.
              records.ints(1 | 1 << 16, 8, 4, 0, left[0], left[0], left[0]);
            }
            left[0]--;
            records.ints(x << 17 | y << 2 | (on ? 2 : 0) | 1, (int) t);
          };
        }),

    AEDAT_4("random.aedat4", EventWriter::aedat4),
    AEDAT_4_LZ4("random-lz4.aedat4", EventWriter::aedat4Lz4),

    /** The last two bytes of the header: CD events of 8 bytes. */
    PROPHESEE_DAT(
        "random.dat",
        "% Version 2\n% Width 128\n% Height 128\n\u000c\u0008",
        (records, events) ->
            (x, y, t, on) -> records.ints((int) t, x | y << 14 | (on ? 1 << 28 : 0))),

    EVT_2(
        "random-evt2.raw",
        "% evt 2.0\n% geometry 128x128\n% end\n",
        (records, events) -> {
          long[] high = {-1};
          return (x, y, t, on) -> {
            if (t >> 6 != high[0]) {
              high[0] = t >> 6;
              records.ints(8 << 28 | (int) high[0]);
            }
            records.ints((on ? 1 << 28 : 0) | (int) (t & 63) << 22 | x << 11 | y);
          };
        }),

    EVT_3("random-evt3.raw", EventWriter::evt3),
    N_MNIST("random.bin", EventWriter::nMnist);

    private static final SensorSize SENSOR = new SensorSize(128, 128);
    private static final int LONGEST_PAUSE = 3;

    final String fileName;
    private final Format format;

    /** Writes a number of random events to a file. */
    private interface Format {
      void write(Path file, int events) throws IOException;
    }

    RandomRecording(String fileName, SimulatedSet.Opening opening) {
      this.fileName = fileName;
      format = (file, events) -> writeBy(opening, file, events);
    }

    /** A format of a header and records, which a consumer of so many events makes. */
    RandomRecording(
        String fileName, String header, BiFunction<Records, Integer, EventConsumer> coded) {
      this.fileName = fileName;
      format =
          (file, events) -> {
            try (Records records = new Records(file, header)) {
              feed(events, coded.apply(records, events));
            }
          };
    }

    /** Writes a recording; pauses are 1 µs on average. */
    void write(Path file, int events) throws IOException {
      format.write(file, events);
    }

    private static void writeBy(SimulatedSet.Opening opening, Path file, int events)
        throws IOException {
      try (EventWriter writer = opening.open(file, SENSOR)) {
        feed(events, writer);
        writer.finish();
      }
    }

    private static void feed(int events, EventConsumer to) throws IOException {
      SplittableRandom random = new SplittableRandom(1);
      long t = 0;
      for (int i = 0; i < events; i++) {
        t += random.nextInt(LONGEST_PAUSE);
        int x = random.nextInt(SENSOR.width());
        to.accept(x, random.nextInt(SENSOR.height()), t, random.nextBoolean());
      }
    }

    /** A header in ASCII, then numbers of 32 bits, little-endian. */
    private static final class Records implements AutoCloseable {

      private final OutputStream out;
      private final ByteBuffer number =
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

      Records(Path file, String header) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file));
        out.write(header.getBytes(StandardCharsets.US_ASCII));
      }

      void ints(int... numbers) throws IOException {
        for (int value : numbers) {
          out.write(number.putInt(0, value).array());
        }
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    }
  }
}
