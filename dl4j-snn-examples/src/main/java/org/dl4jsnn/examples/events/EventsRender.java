package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventFormatException;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.ImageFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.plot.Charts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a recording in slices of time side by side. */
@Command(
    name = "render",
    description = "Draw slices of a recording side by side: ON red, OFF blue.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} recording.aedat --to slices.png"})
final class EventsRender extends ExampleCommand {

  private static final int MOST_SLICES = 100;
  private static final int LARGEST_SCALE = 32;

  /** The approximate width of a slice, in the units of {@link Charts}. */
  private static final int WANTED_SIDE = 200;

  private static final long MOST_PIXELS = 100_000_000;

  @Parameters(
      paramLabel = "FILE",
      description = "A recording; its format is recognised by content.")
  private Path file;

  @Option(names = "--to", required = true, description = "The image to write; must end in .png.")
  private Path to;

  @Option(
      names = "--from-us",
      paramLabel = "T",
      description = "Start of the first slice in µs; default: the first event.")
  private Long from;

  @Option(
      names = "--length-us",
      paramLabel = "T",
      description = "Length of a slice in µs; default: ${DEFAULT-VALUE}.")
  private int length = 50_000;

  @Option(names = "--slices", description = "Number of slices; default: ${DEFAULT-VALUE}.")
  private int slices = 6;

  @Option(
      names = "--scale",
      description =
          "Side of an event pixel in the image, in steps of 2 pixels; by default, a slice is about"
              + " 400 pixels wide.")
  private Integer scale;

  @Override
  public Integer call() {
    ImageFiles.requirePng("--to", to);
    OptionRules.atLeast("--length-us", length, 1);
    OptionRules.within("--slices", slices, 1, MOST_SLICES);
    OptionRules.within("--scale", scale, 1, LARGEST_SCALE);
    OptionRules.existing(file);
    // The size and the start, which not every file states before its events.
    EventStatistics statistics = new EventStatistics();
    forEachPiece(statistics::add);
    int side = scale == null ? enlarging(statistics.sensor) : scale;
    requireFit(statistics, side);
    long start = from == null ? statistics.times.getMin() : from;
    EventImages counts = new EventImages(statistics.sensor, start, length, slices);
    forEachPiece(counts::add);
    ImageFiles.save(counts.image(side), to);
    output()
        .print(
            "%d slices of %d µs from %d µs in %s; full colour at %.0f events",
            slices, length, start, to, counts.fullColour());
    return 0;
  }

  /** Small recordings are enlarged; large ones are not. */
  private static int enlarging(SensorSize sensor) {
    int larger = Math.max(sensor.width(), sensor.height());
    return Math.max(1, Math.min(LARGEST_SCALE, Math.round((float) WANTED_SIDE / larger)));
  }

  private void requireFit(EventStatistics statistics, int side) {
    long pixels =
        (long) statistics.sensor.width()
            * statistics.sensor.height()
            * slices
            * (side * Charts.SCALE)
            * (side * Charts.SCALE);
    if (pixels > MOST_PIXELS) {
      throw UserError.of(
          "The image must have at most %s pixels, got %s. Possible cause: a large sensor; use a"
              + " smaller --scale or fewer --slices",
          MOST_PIXELS, pixels);
    }
  }

  private void forEachPiece(Consumer<EventTable> use) {
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      EventStatistics.read(reader, use);
    } catch (EventFormatException e) {
      throw new UserError(OptionNames.without(e), e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ": " + e, e);
    }
  }
}
