package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;

/**
 * Recordings in one folder per class, named after the class. Classes are in alphabetical order;
 * every file that is not hidden counts as a recording.
 */
public final class FolderPerClass {

  private static final String HELP =
      "Lay it out with one folder per class that holds its recordings: cup/1.aedat,"
          + " cup/2.aedat, mouse/1.aedat, …";

  private FolderPerClass() {}

  /**
   * Recordings already split into training and test.
   *
   * @param train a folder with one subfolder per class
   * @param test a folder with one subfolder per class
   * @param sensor the size of the recordings
   * @return the data set
   * @throws IOException if a folder is missing or empty, or the classes of the two differ
   */
  public static EventDataSet in(Path train, Path test, SensorSize sensor) throws IOException {
    DataFolder training = new DataFolder(train.toString(), train, HELP);
    DataFolder testing = new DataFolder(test.toString(), test, HELP);
    List<String> classes = names(training);
    if (!classes.equals(names(testing))) {
      throw testing.missing(
          "the classes must be those of " + train + ", " + classes, names(testing).toString());
    }
    return dataSet(train, classes, sensor, samples(training), samples(testing));
  }

  /**
   * Recordings of which a seeded share of each class is for testing.
   *
   * @param folder a folder with one subfolder per class
   * @param sensor the size of the recordings
   * @param testShare the share of each class, above 0 and below 1, rounded to whole recordings
   * @param seed chooses them by their alphabetical positions, with the same result on every machine
   * @return the data set
   * @throws IOException if a folder is missing or empty
   * @throws IllegalArgumentException if the share is out of range
   */
  public static EventDataSet split(Path folder, SensorSize sensor, double testShare, long seed)
      throws IOException {
    DataFolder root = new DataFolder(folder.toString(), folder, HELP);
    List<EventSample> samples = samples(root);
    Set<EventSample> test = SeededSplit.ofClasses(samples, testShare, seed);
    return dataSet(
        folder,
        names(root),
        sensor,
        samples.stream().filter(sample -> !test.contains(sample)).toList(),
        samples.stream().filter(test::contains).toList());
  }

  private static EventDataSet dataSet(
      Path folder,
      List<String> classes,
      SensorSize sensor,
      List<EventSample> train,
      List<EventSample> test) {
    ReadOptions reading = ReadOptions.defaults().sensor(sensor.width(), sensor.height());
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    return new EventDataSet(name, classes, sensor, reading, train, List.of(), test);
  }

  private static List<String> names(DataFolder root) throws IOException {
    return root.folders().stream().map(folder -> folder.getFileName().toString()).toList();
  }

  private static List<EventSample> samples(DataFolder root) throws IOException {
    List<EventSample> samples = new ArrayList<>();
    List<Path> folders = root.folders();
    for (int label = 0; label < folders.size(); label++) {
      for (Path file : root.recordings(folders.get(label), "")) {
        samples.add(new EventSample(file, label));
      }
    }
    return samples;
  }
}
