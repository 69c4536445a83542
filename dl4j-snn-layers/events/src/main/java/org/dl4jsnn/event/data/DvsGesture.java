package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * DVS128 Gesture: 11 gestures of 29 people in 122 recordings, whose parts are listed in tables
 * (Amir et al., CVPR 2017). The published split is by person. AEDAT 3.1, 128 x 128.
 */
public final class DvsGesture {

  /** The classes, in the order of the labels: class 1 of the tables is label 0. */
  public static final List<String> CLASSES =
      List.of(
          "hand clapping",
          "right hand wave",
          "left hand wave",
          "right arm clockwise",
          "right arm counter-clockwise",
          "left arm clockwise",
          "left arm counter-clockwise",
          "arm roll",
          "air drums",
          "air guitar",
          "other gestures");

  /** The camera's size. */
  public static final SensorSize SENSOR = new SensorSize(128, 128);

  /** Samples are counted from the 122 recordings of 29 people listed in the tables of trials. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "DVS128 Gesture",
          11,
          1176,
          0,
          288,
          Optional.of(SENSOR),
          "AEDAT 3.1: gestures of hands and arms",
          "CC BY 4.0",
          "Amir et al., CVPR 2017",
          "https://research.ibm.com/dvsgesture/",
          Map.of("DvsGesture.tar.gz", "8a5c71fb11e24e5ca5b11866ca6c00a1"));

  private static final String NAME = "DVS128 Gesture";

  private static final String HELP =
      "Get DvsGesture.tar.gz from https://research.ibm.com/dvsgesture/ and unpack it;"
          + " the folder is the one with trials_to_train.txt, trials_to_test.txt, *.aedat and"
          + " *_labels.csv";

  private DvsGesture() {}

  /**
   * The data set in a folder.
   *
   * @param folder the folder with {@code trials_to_train.txt}, {@code trials_to_test.txt}, and a
   *     recording {@code name.aedat} and a table {@code name_labels.csv} for each of their lines
   * @return the data set
   * @throws IOException if a file is missing (says where to get the data) or malformed
   */
  public static EventDataSet in(Path folder) throws IOException {
    DataFolder root = new DataFolder(NAME, folder, HELP);
    return new EventDataSet(
        NAME,
        CLASSES,
        SENSOR,
        ReadOptions.defaults().sensor(SENSOR.width(), SENSOR.height()),
        samples(root, "trials_to_train.txt"),
        List.of(),
        samples(root, "trials_to_test.txt"));
  }

  private static List<EventSample> samples(DataFolder root, String trials) throws IOException {
    List<EventSample> samples = new ArrayList<>();
    for (String line : SizedFiles.lines(root.file(trials))) {
      String name = line.strip();
      if (!name.isEmpty()) {
        Path recording = root.file(name);
        Path labels = root.file(name.replaceFirst("[.]aedat([.]gz)?$", "") + "_labels.csv");
        for (CsvTable.Row row : CsvTable.read(labels).rows()) {
          samples.add(sample(recording, row));
        }
      }
    }
    return samples;
  }

  private static EventSample sample(Path recording, CsvTable.Row row) throws IOException {
    long number = row.number("class");
    if (number < 1 || number > CLASSES.size()) {
      throw row.failure("class must be from 1 to " + CLASSES.size() + ", got " + number);
    }
    TimeWindow window = row.window("startTime_usec", "endTime_usec");
    return new EventSample(recording, (int) number - 1, Optional.of(window));
  }
}
