package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * Finds the samples in folders as the published data sets lay them out, and in a folder a class.
 */
final class FolderLayouts {

  private static final List<String> CIFAR10_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int CIFAR10_FILES_OF_CLASS = 1000;
  private static final int CIFAR10_TEST_FILES_OF_CLASS = 100;

  /** Arbitrary: the year in which the data set was published. */
  private static final long CIFAR10_SPLIT_SEED = 2017;

  private static final Pattern NUMBERED = Pattern.compile("_([0-9]{1,3})[.]aedat([.]gz)?$");

  /** Class 1 of the tables is label 0. */
  private static final List<String> GESTURES =
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

  private static final List<String> CARS = List.of("background", "cars");

  private static final String FOLDERS_HELP =
      "Lay it out with one folder per class that holds its recordings: cup/1.aedat,"
          + " cup/2.aedat, mouse/1.aedat, …";

  private FolderLayouts() {}

  private static DataFolder folder(DataSetFacts facts, Path folder, String archives, String layout)
      throws IOException {
    return new DataFolder(
        facts.name(), folder, "Get " + archives + " from " + facts.source() + " and " + layout);
  }

  private static EventDataSet dataSet(
      DataSetFacts facts, List<String> classes, List<EventSample> train, List<EventSample> test) {
    SensorSize sensor = facts.sensor().orElseThrow();
    return new EventDataSet(facts.name(), classes, sensor, sized(sensor), train, List.of(), test);
  }

  /** Reads any format, and recordings that state no size as those of a sensor. */
  static ReadOptions sized(SensorSize sensor) {
    return ReadOptions.defaults().sensor(sensor.width(), sensor.height());
  }

  private static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  static EventDataSet cifar10Dvs(Path folder) throws IOException {
    DataFolder root =
        folder(
            DataSetFacts.CIFAR10_DVS,
            folder,
            "the archive of each class",
            "unpack them into one folder: airplane/cifar10_airplane_0.aedat, …,"
                + " truck/cifar10_truck_999.aedat");
    Set<Integer> test = cifar10DvsTestNumbers();
    List<EventSample> training = new ArrayList<>();
    List<EventSample> testing = new ArrayList<>();
    for (EventSample sample : root.samples(CIFAR10_CLASSES, ".aedat")) {
      Matcher number = NUMBERED.matcher(sample.file().toString());
      if (!number.find()) {
        throw root.missing(
            "the names of recordings must end with _0.aedat to _999.aedat", sample.toString());
      }
      (test.contains(Integer.parseInt(number.group(1))) ? testing : training).add(sample);
    }
    return dataSet(DataSetFacts.CIFAR10_DVS, CIFAR10_CLASSES, training, testing);
  }

  static Set<Integer> cifar10DvsTestNumbers() {
    return new TreeSet<>(
        SeededSplit.choose(
            CIFAR10_FILES_OF_CLASS, CIFAR10_TEST_FILES_OF_CLASS, CIFAR10_SPLIT_SEED));
  }

  static EventDataSet nMnist(Path folder) throws IOException {
    DataFolder root =
        folder(
            DataSetFacts.N_MNIST,
            folder,
            "Train.zip and Test.zip",
            "unpack both into one folder: Train/0/00002.bin, …, Test/9/….bin");
    List<String> digits = numbers(10);
    return dataSet(
            DataSetFacts.N_MNIST,
            digits,
            root.samples("Train/", digits, ".bin"),
            root.samples("Test/", digits, ".bin"))
        .as(EventFormat.N_MNIST);
  }

  static EventDataSet nCars(Path folder) throws IOException {
    DataFolder root =
        folder(
            DataSetFacts.N_CARS,
            folder,
            "Prophesee_Dataset_n_cars.zip",
            "unpack it and the two archives in it into one folder:"
                + " train/background/obj_000000_td.dat, …, test/cars/….dat");
    return dataSet(
            DataSetFacts.N_CARS,
            CARS,
            root.samples("train/", CARS, ".dat"),
            root.samples("test/", CARS, ".dat"))
        .as(EventFormat.PROPHESEE_DAT);
  }

  static EventDataSet nCaltech101(Path folder, double testShare, long seed) throws IOException {
    DataFolder root =
        folder(
            DataSetFacts.N_CALTECH101,
            folder,
            "Caltech101.zip",
            "unpack it; the folder is the one with BACKGROUND_Google/image_0001.bin, …,"
                + " yin_yang/….bin");
    List<String> classes = root.folders();
    List<EventSample> samples = root.samples(classes, ".bin");
    Map<Boolean, List<EventSample>> chosen = SeededSplit.split(samples, testShare, seed);
    return dataSet(DataSetFacts.N_CALTECH101, classes, chosen.get(false), chosen.get(true))
        .as(EventFormat.N_MNIST);
  }

  static EventDataSet dvsGesture(Path folder) throws IOException {
    DataFolder root =
        folder(
            DataSetFacts.DVS_GESTURE,
            folder,
            "DvsGesture.tar.gz",
            "unpack it; the folder is the one with trials_to_train.txt, trials_to_test.txt,"
                + " *.aedat and *_labels.csv");
    return dataSet(
        DataSetFacts.DVS_GESTURE,
        GESTURES,
        gestures(root, "trials_to_train.txt"),
        gestures(root, "trials_to_test.txt"));
  }

  private static List<EventSample> gestures(DataFolder root, String trials) throws IOException {
    List<EventSample> samples = new ArrayList<>();
    for (String line : SizedFiles.lines(root.file(trials))) {
      String name = line.strip();
      if (!name.isEmpty()) {
        Path recording = root.file(name);
        Path labels = root.file(name.replaceFirst("[.]aedat([.]gz)?$", "") + "_labels.csv");
        for (CsvTable.Row row : CsvTable.read(labels).rows) {
          samples.add(gesture(recording, row));
        }
      }
    }
    return samples;
  }

  private static EventSample gesture(Path recording, CsvTable.Row row) throws IOException {
    long number = row.number("class");
    if (number < 1 || number > GESTURES.size()) {
      throw row.failure("class must be from 1 to " + GESTURES.size(), number);
    }
    TimeWindow window = row.window("startTime_usec", "endTime_usec");
    return new EventSample(recording, (int) number - 1, Optional.of(window));
  }

  static EventDataSet esImageNet(Path folder) throws IOException {
    DataFolder root =
        folder(
            DataSetFacts.ES_IMAGENET,
            folder,
            "all parts of ES-imagenet-0.18",
            "unpack them; the folder is the one with trainlabel.txt, vallabel.txt,"
                + " train/n01440764/n01440764_10026.npz, …, val/….npz");
    return dataSet(
        DataSetFacts.ES_IMAGENET,
        numbers(DataSetFacts.ES_IMAGENET.classes()),
        images(root, "trainlabel.txt", "train"),
        images(root, "vallabel.txt", "val"));
  }

  private static List<EventSample> images(DataFolder root, String table, String split)
      throws IOException {
    Path recordings = root.folder(split);
    List<EventSample> samples = new ArrayList<>();
    for (String line : SizedFiles.lines(root.file(table))) {
      if (!line.isBlank()) {
        String[] parts = line.strip().split("\\s+");
        if (parts.length < 2 || !parts[1].matches("[0-9]{1,3}")) {
          throw root.missing(
              "a line of " + table + " must be a file and a class from 0 to 999", line);
        }
        // The published tables name the images, not their recordings.
        String name = parts[0].replaceFirst("[.](JPEG|jpeg|jpg)$", ".npz");
        samples.add(new EventSample(recordings.resolve(name), Integer.parseInt(parts[1])));
      }
    }
    return samples;
  }

  static EventDataSet folderPerClass(Path train, Path test, SensorSize sensor) throws IOException {
    DataFolder training = new DataFolder(train.toString(), train, FOLDERS_HELP);
    DataFolder testing = new DataFolder(test.toString(), test, FOLDERS_HELP);
    List<String> classes = training.folders();
    if (!classes.equals(testing.folders())) {
      throw testing.missing(
          "the classes must be those of " + train + ", " + classes, testing.folders().toString());
    }
    return dataSet(
        train, classes, sensor, training.samples(classes, ""), testing.samples(classes, ""));
  }

  static EventDataSet folderPerClass(Path folder, SensorSize sensor, double testShare, long seed)
      throws IOException {
    DataFolder root = new DataFolder(folder.toString(), folder, FOLDERS_HELP);
    List<EventSample> samples = root.samples(root.folders(), "");
    Map<Boolean, List<EventSample>> chosen = SeededSplit.split(samples, testShare, seed);
    return dataSet(folder, root.folders(), sensor, chosen.get(false), chosen.get(true));
  }

  private static EventDataSet dataSet(
      Path folder,
      List<String> classes,
      SensorSize sensor,
      List<EventSample> train,
      List<EventSample> test) {
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    return new EventDataSet(name, classes, sensor, sized(sensor), train, List.of(), test);
  }
}
