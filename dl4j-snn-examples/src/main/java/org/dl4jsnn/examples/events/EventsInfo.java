package org.dl4jsnn.examples.events;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.dl4jsnn.event.BackwardTimestamps;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.cochlea.CochleaFileException;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Output.JsonOption;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a recording, in constant memory. */
@Command(
    name = "info",
    description =
        "Format, size, length and rates of a recording; or whether a data set is " + "complete.",
    footer = {
      "%nExamples:",
      "  ${COMMAND-FULL-NAME} recording.aedat",
      "  ${COMMAND-FULL-NAME} recording.aedat --json",
      "  ${COMMAND-FULL-NAME} --set N-MNIST folder"
    })
final class EventsInfo extends ExampleCommand implements RunsAtOnce {

  private static final double MICROSECONDS = 1e6;

  @Parameters(
      paramLabel = "FILE",
      description = "A recording, whose format is recognised by content; a folder with --set.")
  private Path file;

  @Option(names = "--keep-truncated", description = "Read what precedes a broken end.")
  private boolean keepTruncated;

  @Option(names = "--keep-backward", description = "Continue if times go backwards.")
  private boolean keepBackward;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = "Use this format instead of recognising it: ${COMPLETION-CANDIDATES}.")
  private EventFormat format;

  @Option(
      names = "--set",
      paramLabel = "NAME",
      description =
          "Check a folder against the facts of a published data set, such as N-MNIST; 'events "
              + "sets' lists them.")
  private String set;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    return set == null ? tellFile() : checkFolder(SetCheck.PublishedSet.named(set));
  }

  private int checkFolder(SetCheck.PublishedSet published) {
    Output out = output();
    try {
      List<String> differences = new SetCheck(published, file, out).run();
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("set", published.facts.name());
      result.put("folder", file.toString());
      result.put("differences", differences);
      out.json(result);
      if (!differences.isEmpty()) {
        throw UserError.of(
            "%s must be %s as published, got: %s. Possible cause: files are missing or were made"
                + " by another program",
            file, published.facts.name(), String.join("; ", differences));
      }
      out.print("All of it is as published.");
      return 0;
    } catch (EventFormatException | CochleaFileException | FileNotFoundException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e, e);
    }
  }

  private int tellFile() {
    OptionRules.existing(file);
    try (EventReader reader = EventFiles.open(file, options())) {
      EventStatistics statistics = new EventStatistics();
      EventStatistics.read(reader, statistics::add);
      print(reader, statistics);
    } catch (EventFormatException e) {
      throw new UserError(OptionNames.ofFile(e), e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e, e);
    }
    return 0;
  }

  private ReadOptions options() {
    ReadOptions options = ReadOptions.defaults();
    options = keepTruncated ? options.keepingTruncated() : options;
    options = keepBackward ? options.backward(BackwardTimestamps.KEEP) : options;
    return format == null ? options : options.as(format);
  }

  private void print(EventReader reader, EventStatistics statistics) {
    Output out = output();
    out.print("File         %s", file);
    out.print("Format       %s", reader.format());
    out.print(
        "Sensor       %s%s",
        sensor(reader, statistics),
        reader.sensor().isEmpty() ? " (smallest that holds the events)" : "");
    out.print(
        "Events       %d (%d ON, %d OFF)",
        statistics.times.getCount(),
        statistics.onEvents,
        statistics.times.getCount() - statistics.onEvents);
    if (statistics.times.getCount() > 0) {
      printTimes(out, statistics);
    }
    out.json(figures(reader, statistics));
    reader.warnings().forEach(warning -> out.print("Warning      %s", warning));
    reader.notes().forEach(note -> out.print("Note         %s", note));
  }

  private static SensorSize sensor(EventReader reader, EventStatistics statistics) {
    return reader.sensor().orElse(statistics.sensor);
  }

  private Map<String, Object> figures(EventReader reader, EventStatistics statistics) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("file", file.toString());
    figures.put("format", reader.format().toString());
    figures.put("width", sensor(reader, statistics).width());
    figures.put("height", sensor(reader, statistics).height());
    figures.put("sensor_known", reader.sensor().isPresent());
    figures.put("events", statistics.times.getCount());
    figures.put("on_events", statistics.onEvents);
    if (statistics.times.getCount() > 0) {
      figures.put("first_us", statistics.times.getMin());
      figures.put("last_us", statistics.times.getMax());
      figures.put("peak_per_10_ms", statistics.peak);
    }
    figures.put("warnings", reader.warnings());
    figures.put("notes", reader.notes());
    return figures;
  }

  private static void printTimes(Output out, EventStatistics statistics) {
    LongSummaryStatistics times = statistics.times;
    long duration = times.getMax() - times.getMin();
    out.print("First event  %d µs", times.getMin());
    out.print("Last event   %d µs", times.getMax());
    out.print("Duration     %.6f s", duration / MICROSECONDS);
    if (duration > 0) {
      double rate = (double) times.getCount() / duration;
      out.print(
          "Mean rate    %.0f events/s, %.1f per 10 ms",
          rate * MICROSECONDS, rate * EventStatistics.BIN);
    }
    out.print("Peak rate    %d per 10 ms", statistics.peak);
  }
}
