package org.dl4jsnn.examples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.SampleCache;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import picocli.CommandLine.Option;

/** Which recordings to take, and how they become frames. */
public final class EventDataOptions {

  private static final double TEST_SHARE = 0.1;

  @Option(
      names = "--data",
      description =
          "Folder of the recordings; train dvs takes simulated ones (--simulated) in the layout"
              + " n-mnist if it is not given.")
  public Path data;

  @Option(
      names = "--set",
      description =
          "The layout of --data: ${COMPLETION-CANDIDATES}; default: cifar10-dvs. Layouts:"
              + " docs/event-files.md.")
  public Layout layout;

  @Option(
      names = "--table",
      description =
          "For --set segments: the table's name; its recordings are looked for in --data.")
  Path table = Path.of("segments.csv");

  @Option(
      names = "--split",
      description = "For --set segments: the column that says train, validation, test or nothing.")
  String split = "split";

  @Option(
      names = "--sensor",
      description = "Width and height of recordings whose data set does not fix them.")
  String sensor = "128x128";

  @Option(names = "--steps", description = "Time steps T.")
  int steps = 10;

  @Option(
      names = "--slices",
      description =
          "What the time steps of a recording share equally: ${COMPLETION-CANDIDATES}. With events,"
              + " frames do not depend on how fast something moves.")
  Slices slices = Slices.DURATION;

  @Option(
      names = "--window",
      description =
          "k: a value of a frame counts k x k pixels; default: 3 (128 pixels become 42) for"
              + " cifar10-dvs and dvs-gesture, 1 for others.")
  Integer window;

  @Option(
      names = "--cache",
      description = "Folder to cache frames, or a table's events, so that they are made only once.")
  Path cache;

  private SampleCache samples;

  enum Slices {
    DURATION(Slicing::intoEqualParts),
    EVENTS(Slicing::intoEqualCounts);

    private final IntFunction<Slicing> into;

    Slices(IntFunction<Slicing> into) {
      this.into = into;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public enum Layout {
    /** One folder per class (ten), split 9 to 1 as published. */
    CIFAR10_DVS(3, options -> EventDataSet.cifar10Dvs(options.data)),
    /** Train and Test, each with one folder per digit. */
    N_MNIST(1, options -> EventDataSet.nMnist(options.data)),
    /** Recordings with tables of gestures. */
    DVS_GESTURE(3, options -> EventDataSet.dvsGesture(options.data)),
    /** One folder per class, split 9 to 1. */
    FOLDERS(
        1,
        options ->
            EventDataSet.folderPerClass(options.data, sensor(options.sensor), TEST_SHARE, 1)),
    /** A table of parts of recordings. */
    SEGMENTS(
        1,
        options ->
            EventDataSet.segments(
                options.data.resolve(options.table),
                options.data,
                options.split,
                sensor(options.sensor)));

    private interface Reading {
      EventDataSet read(EventDataOptions options) throws IOException;
    }

    private final int window;
    private final Reading reading;

    Layout(int window, Reading reading) {
      this.window = window;
      this.reading = reading;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public void check() {
    OptionRules.atLeast("--steps", steps, 1);
    OptionRules.atLeast("--window", window, 1);
    sensor(sensor);
    if (data == null && layout != null) {
      throw UserError.of(
          "--set must be given with --data, whose layout it names, got %s without it. Possible"
              + " cause: a recipe for a data set; without --data, recordings are simulated",
          layout);
    }
  }

  private Layout layout() {
    return layout == null ? Layout.CIFAR10_DVS : layout;
  }

  /** Takes simulated recordings, unless others are named. */
  void orSimulated(Path simulated) {
    if (data != null) {
      return;
    }
    if (!Files.isDirectory(simulated)) {
      throw UserError.of(
          "--data must name the folder of the recordings, got none, and there are no simulated"
              + " ones in %s, where snn train dvs puts them",
          simulated);
    }
    take(simulated);
  }

  /** Takes simulated recordings, which have N-MNIST's layout. */
  public void take(Path simulated) {
    data = simulated;
    layout = Layout.N_MNIST;
  }

  /** The recordings in {@link #data}. */
  public EventDataSet dataSet() {
    EventDataSet recordings = UserError.explained("", () -> layout().reading.read(this));
    if (recordings.train().isEmpty() || recordings.test().isEmpty()) {
      throw UserError.of(
          "--data must have recordings for training and testing, got %d and %d in %s. Possible"
              + " cause: fewer than five recordings of a class, a tenth of which are for testing,"
              + " or a --split column without test",
          recordings.train().size(), recordings.test().size(), recordings);
    }
    return recordings;
  }

  /** The same recordings, with a share of each class held out of training; 0 for none. */
  public static EventDataSet holdingOut(EventDataSet recordings, double share, long seed) {
    return UserError.explained(
        "--hold-out cannot be met: ",
        () -> share == 0 ? recordings : recordings.holdingOut(share, seed));
  }

  public FrameOptions frames() {
    return FrameOptions.of(slices.into.apply(steps))
        .summing(window == null ? layout().window : window, UnevenRest.LEAVE_OUT);
  }

  /** The shape of the frames of a sensor, which they must not exceed. */
  public FrameShape shape(SensorSize size) {
    return UserError.explained(
        "--window does not suit the recordings: ", () -> frames().shape(size));
  }

  /** One for the whole program, so that warnings appear once. */
  Optional<SampleCache> cache() {
    if (cache != null && samples == null) {
      samples = SampleCache.in(cache);
    }
    return Optional.ofNullable(samples);
  }

  /** The value of {@code --sensor}. */
  public static SensorSize sensor(String sensor) {
    String[] sides = sensor.split("x", -1);
    try {
      if (sides.length == 2) {
        return new SensorSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("--sensor must be like 128x128, got " + sensor, e);
    }
    throw new UserError("--sensor must be like 128x128, got " + sensor);
  }
}
