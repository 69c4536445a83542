package org.dl4jsnn.event.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;

/** Reads the table of {@link EventDataSet#segments(Path, Path, String, SensorSize)}. */
final class SegmentsCsv {

  private static final String FILE = "file";
  private static final String LABEL = "label";
  private static final String START = "t_start_us";
  private static final String END = "t_end_us";

  private final Path recordings;
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<String, List<EventSample>> splits =
      Map.of(
          "train", new ArrayList<>(), "validation", new ArrayList<>(), "test", new ArrayList<>());
  private final Set<Path> found = new HashSet<>();

  /** The line of each sample, ignoring its label; the first if repeated. */
  private final Map<EventSample, CsvTable.Row> lines = new HashMap<>();

  private SegmentsCsv(Path recordings) {
    this.recordings = recordings;
  }

  static EventDataSet read(Path table, Path recordings, String split, SensorSize sensor)
      throws IOException {
    if (!Files.isRegularFile(table)) {
      throw new FileNotFoundException(
          "the table of segments must be a file, got none at "
              + table
              + ". Lay it out with the columns "
              + String.join(", ", FILE, LABEL, START, END, split));
    }
    return new SegmentsCsv(recordings).read(table, CsvTable.read(table), split, sensor);
  }

  private EventDataSet read(Path file, CsvTable table, String split, SensorSize sensor)
      throws IOException {
    List<CsvTable.Row> used = new ArrayList<>();
    Set<String> classes = new TreeSet<>();
    for (CsvTable.Row row : table.rows) {
      String part = row.text(split);
      if (!part.isEmpty()) {
        if (!splits.containsKey(part)) {
          throw row.failure(split + " must be train, validation, test or empty", part);
        }
        if (row.text(LABEL).isEmpty()) {
          throw row.failure(LABEL + " must not be empty", row);
        }
        used.add(row);
        classes.add(row.text(LABEL));
      }
    }
    if (used.isEmpty()) {
      throw new IOException(file + ": column " + split + " must use at least one sample, got none");
    }
    classes.forEach(name -> labels.put(name, labels.size()));
    boolean windows = table.has(START) || table.has(END);
    for (CsvTable.Row row : used) {
      EventSample sample = sample(row, windows);
      requireConsistent(row, sample, split, windows);
      splits.get(row.text(split)).add(sample);
    }
    return new EventDataSet(
        file.getFileName().toString(),
        List.copyOf(classes),
        sensor,
        FolderLayouts.sized(sensor),
        splits.get("train"),
        splits.get("validation"),
        splits.get("test"));
  }

  /** A sample for both training and testing, or with two classes, is a mistake. */
  private void requireConsistent(
      CsvTable.Row row, EventSample sample, String split, boolean windows) throws IOException {
    CsvTable.Row before =
        lines.putIfAbsent(new EventSample(sample.file(), 0, sample.window()), row);
    if (before == null) {
      return;
    }
    if (!windows) {
      throw row.failure(
          "a recording must be listed once if there are no columns " + START + " and " + END,
          row.text(FILE) + " again. Possible cause: time columns with other names");
    }
    if (!row.text(LABEL).equals(before.text(LABEL))
        || !row.text(split).equals(before.text(split))) {
      throw row.failure(
          "a sample must have one label and be in one split",
          "that of line " + before.line + " again");
    }
  }

  private EventSample sample(CsvTable.Row row, boolean windows) throws IOException {
    Path recording = recordings.resolve(row.text(FILE)).normalize();
    if (found.add(recording) && !Files.isRegularFile(recording)) {
      throw row.failure(
          FILE + " must be a recording in " + recordings,
          row.text(FILE)
              + ". Possible cause: the table belongs to other recordings or another folder");
    }
    Optional<TimeWindow> window = windows ? Optional.of(row.window(START, END)) : Optional.empty();
    return new EventSample(recording, labels.get(row.text(LABEL)), window);
  }
}
