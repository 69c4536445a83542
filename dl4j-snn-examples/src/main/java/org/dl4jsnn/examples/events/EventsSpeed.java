package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventTable;
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
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} recording.aedat --runs 5"},
    mixinStandardHelpOptions = true)
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
    if (data.data != null) {
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
      throw new UserError(e.getMessage(), e);
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
        Path file = folder.resolve(recording.fileName());
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
}
