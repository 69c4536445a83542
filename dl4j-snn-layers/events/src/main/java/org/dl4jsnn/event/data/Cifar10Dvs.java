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
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;

/**
 * CIFAR10-DVS: 10,000 images of CIFAR-10, 1,000 per class, moved on a screen in front of a DVS128
 * (Li et al., Frontiers in Neuroscience 11:309, 2017). AEDAT 2.0, 128 x 128.
 *
 * <p>The data set defines no split. This one is fixed: in each class, the files of {@link
 * #testNumbers()} are for testing and the others for training, 1,000 and 9,000 in all.
 */
public final class Cifar10Dvs {

  /** The classes, in the order of the labels. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** The camera's size. */
  public static final SensorSize SENSOR = new SensorSize(128, 128);

  /** Facts of the data set. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "CIFAR10-DVS",
          10,
          10_000,
          0,
          0,
          Optional.of(SENSOR),
          "AEDAT 2.0: images of CIFAR-10, moved on a screen",
          "CC BY 4.0",
          "Li et al., Frontiers in Neuroscience 11:309, 2017",
          "https://figshare.com/articles/CIFAR10-DVS_New/4724671",
          Map.of(
              "airplane.zip", "0afd5c4bf9ae06af762a77b180354fdd",
              "automobile.zip", "8438dfeba3bc970c94962d995b1b9bdd",
              "bird.zip", "a9c207c91c55b9dc2002dc21c684d785",
              "cat.zip", "52c63c677c2b15fa5146a8daf4d56687",
              "deer.zip", "b6bf21f6c04d21ba4e23fc3e36c8a4a3",
              "dog.zip", "f379ebdf6703d16e0a690782e62639c3",
              "frog.zip", "cad6ed91214b1c7388a5f6ee56d08803",
              "horse.zip", "e7cbbf77bec584ffbf913f00e682782a",
              "ship.zip", "41c7bd7d6b251be82557c6cce9a7d5c9",
              "truck.zip", "89f3922fd147d9aeff89e76a2b0b70a7"));

  private static final String NAME = "CIFAR10-DVS";
  private static final int FILES_OF_CLASS = 1000;
  private static final int TEST_FILES_OF_CLASS = 100;

  /** Arbitrary: the year in which the data set was published. */
  private static final long SPLIT_SEED = 2017;

  private static final Pattern NUMBERED = Pattern.compile("_([0-9]{1,3})[.]aedat([.]gz)?$");

  private static final String HELP =
      "Get the archive of each class from https://figshare.com/articles/CIFAR10-DVS_New/4724671 and unpack"
          + " them into one folder: airplane/cifar10_airplane_0.aedat, …,"
          + " truck/cifar10_truck_999.aedat";

  private Cifar10Dvs() {}

  /**
   * The data set in a folder.
   *
   * @param folder the folder, with one subfolder per class: {@code
   *     airplane/cifar10_airplane_0.aedat}; files may be missing or gzipped
   * @return the data set
   * @throws IOException if a folder is missing or empty (says where to get the data), or a file has
   *     no number
   */
  public static EventDataSet in(Path folder) throws IOException {
    DataFolder root = new DataFolder(NAME, folder, HELP);
    Set<Integer> test = testNumbers();
    List<EventSample> training = new ArrayList<>();
    List<EventSample> testing = new ArrayList<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      for (Path file : root.recordings(root.folder(CLASSES.get(label)), ".aedat")) {
        Matcher number = NUMBERED.matcher(file.toString());
        if (!number.find()) {
          throw root.missing(
              "the names of recordings must end with _0.aedat to _999.aedat", file.toString());
        }
        boolean isTest = test.contains(Integer.parseInt(number.group(1)));
        (isTest ? testing : training).add(new EventSample(file, label));
      }
    }
    ReadOptions reading = ReadOptions.defaults().sensor(SENSOR.width(), SENSOR.height());
    return new EventDataSet(NAME, CLASSES, SENSOR, reading, training, List.of(), testing);
  }

  /**
   * The numbers of the test files, the same for every class; docs/events.md lists them.
   *
   * @return 100 numbers from 0 to 999, ascending
   */
  public static Set<Integer> testNumbers() {
    return new TreeSet<>(SeededSplit.choose(FILES_OF_CLASS, TEST_FILES_OF_CLASS, SPLIT_SEED));
  }
}
