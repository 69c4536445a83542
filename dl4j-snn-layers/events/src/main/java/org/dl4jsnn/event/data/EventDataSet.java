package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Lists of labelled samples, and how to read their recordings: of a published data set ({@link
 * DataSetFacts} has their facts), of folders, of a table, or made by hand.
 *
 * <pre>{@code
 * EventDataSet gestures =
 *     EventDataSet.dvsGesture(folder).holdingOut(0.1, 1); // a tenth, drawn by seed 1
 * List<EventSample> samples = gestures.train();
 * }</pre>
 *
 * @param name the data set's name, for messages
 * @param classes names of the classes, in the order of the labels
 * @param sensor the size of every recording
 * @param reading how recordings are read
 * @param train training samples
 * @param heldOut samples held out of the training set; empty at first
 * @param test test samples
 */
public record EventDataSet(
    String name,
    List<String> classes,
    SensorSize sensor,
    ReadOptions reading,
    List<EventSample> train,
    List<EventSample> heldOut,
    List<EventSample> test) {

  /**
   * Copies the lists, and checks the labels.
   *
   * @param name the data set's name
   * @param classes names of the classes
   * @param sensor the size of every recording
   * @param reading how recordings are read
   * @param train training samples
   * @param heldOut samples held out
   * @param test test samples
   * @throws IllegalArgumentException if there are no classes, a label has no class, or an argument
   *     is null
   */
  public EventDataSet {
    Require.given("name", name);
    Require.given("sensor", sensor);
    Require.given("reading", reading);
    classes = List.copyOf(Require.given("classes", classes));
    train = List.copyOf(Require.given("train", train));
    heldOut = List.copyOf(Require.given("heldOut", heldOut));
    test = List.copyOf(Require.given("test", test));
    Require.not(classes.isEmpty(), "classes of %s must be given, got none", name);
    for (List<EventSample> samples : List.of(train, heldOut, test)) {
      for (EventSample sample : samples) {
        if (sample.label() >= classes.size()) {
          throw new IllegalArgumentException(
              String.format(
                  "label must be below the number of classes, %s, got %s for %s",
                  classes.size(), sample.label(), sample));
        }
      }
    }
  }

  /**
   * {@return CIFAR10-DVS: 10,000 images of CIFAR-10, 1,000 per class, moved on a screen in front of
   * a DVS128 (Li et al., Frontiers in Neuroscience 11:309, 2017)} AEDAT 2.0, 128 x 128.
   *
   * <p>The data set defines no split. This one is fixed: in each class, the files of {@link
   * #cifar10DvsTestNumbers} are for testing and the others for training, 1,000 and 9,000 in all.
   *
   * @param folder the folder, with one subfolder per class: {@code
   *     airplane/cifar10_airplane_0.aedat}; files may be missing or gzipped
   * @throws IOException if a folder is missing or empty (says where to get the data), or a file has
   *     no number
   */
  public static EventDataSet cifar10Dvs(Path folder) throws IOException {
    return FolderLayouts.cifar10Dvs(folder);
  }

  /**
   * {@return the numbers of CIFAR10-DVS's test files, the same for every class: 100 from 0 to 999,
   * ascending; docs/reports/cifar10-dvs-frames.md lists them}
   */
  public static Set<Integer> cifar10DvsTestNumbers() {
    return FolderLayouts.cifar10DvsTestNumbers();
  }

  /**
   * {@return N-MNIST: the digits of MNIST on a screen in front of a camera that moves in three
   * saccades, about 0.3 s (Orchard et al., Frontiers in Neuroscience 9:437, 2015). 34 x 34}
   *
   * @param folder the folder, with {@code Train} and {@code Test} and one subfolder per digit in
   *     each
   * @throws IOException if a folder is missing or empty; says where to get the data
   */
  public static EventDataSet nMnist(Path folder) throws IOException {
    return FolderLayouts.nMnist(folder);
  }

  /**
   * {@return DVS128 Gesture: 11 gestures of 29 people in 122 recordings, whose parts are listed in
   * tables (Amir et al., CVPR 2017)} The published split is by person. AEDAT 3.1, 128 x 128.
   *
   * @param folder the folder with {@code trials_to_train.txt}, {@code trials_to_test.txt}, and a
   *     recording {@code name.aedat} and a table {@code name_labels.csv} for each of their lines
   * @throws IOException if a file is missing (says where to get the data) or malformed
   */
  public static EventDataSet dvsGesture(Path folder) throws IOException {
    return FolderLayouts.dvsGesture(folder);
  }

  /**
   * {@return N-CARS: cars and background, cut from recordings of a camera behind a windscreen, 100
   * ms each (Sironi et al., CVPR 2018)} Prophesee .dat; cuts differ in size, up to 120 x 100.
   *
   * @param folder the folder, with {@code train} and {@code test}, and {@code background} and
   *     {@code cars} in each
   * @throws IOException if a folder is missing or empty; says where to get the data
   */
  public static EventDataSet nCars(Path folder) throws IOException {
    return FolderLayouts.nCars(folder);
  }

  /**
   * {@return N-Caltech101: images of Caltech101 on a screen in front of a camera that moves in
   * three saccades, 100 objects and a background (Orchard et al., Frontiers in Neuroscience 9:437,
   * 2015), classes in alphabetical order} N-MNIST's layout; images differ in size, up to 240 x 180.
   * The data set defines no split.
   *
   * @param folder the folder, with one subfolder per class
   * @param testShare the share of each class, above 0 and below 1, rounded to whole recordings
   * @param seed chooses the test recordings, with the same result on every machine
   * @throws IOException if a folder is missing or empty; says where to get the data
   * @throws IllegalArgumentException if the share is out of range
   */
  public static EventDataSet nCaltech101(Path folder, double testShare, long seed)
      throws IOException {
    return FolderLayouts.nCaltech101(folder, testShare, seed);
  }

  /**
   * {@return ES-ImageNet: the images of ImageNet turned into events by a program that moves them in
   * eight steps (Lin et al., Frontiers in Neuroscience 15:726582, 2021)} NumPy archives, 256 x 256;
   * times are steps from 1 to 8, read as microseconds. Recordings of other formats are also read.
   *
   * @param folder the folder with {@code trainlabel.txt} and {@code vallabel.txt}, with one line
   *     per sample: its file in {@code train} or {@code val} (with any ending), its class from 0 to
   *     999, and optional further text
   * @throws IOException if a table is missing (says where to get the data) or a line is malformed
   */
  public static EventDataSet esImageNet(Path folder) throws IOException {
    return FolderLayouts.esImageNet(folder);
  }

  /**
   * {@return recordings already split into training and test, in one folder per class, named after
   * the class} Classes are in alphabetical order; every file that is not hidden counts as a
   * recording.
   *
   * @param train a folder with one subfolder per class
   * @param test a folder with one subfolder per class
   * @param sensor the size of the recordings
   * @throws IOException if a folder is missing or empty, or the classes of the two differ
   */
  public static EventDataSet folderPerClass(Path train, Path test, SensorSize sensor)
      throws IOException {
    return FolderLayouts.folderPerClass(train, test, sensor);
  }

  /**
   * {@return recordings in one folder per class, as for {@link #folderPerClass(Path, Path,
   * SensorSize)}, of which a seeded share of each class is for testing}
   *
   * @param folder a folder with one subfolder per class
   * @param sensor the size of the recordings
   * @param testShare the share of each class, above 0 and below 1, rounded to whole recordings
   * @param seed chooses them by their alphabetical positions, with the same result on every machine
   * @throws IOException if a folder is missing or empty
   * @throws IllegalArgumentException if the share is out of range
   */
  public static EventDataSet folderPerClass(
      Path folder, SensorSize sensor, double testShare, long seed) throws IOException {
    return FolderLayouts.folderPerClass(folder, sensor, testShare, seed);
  }

  /**
   * {@return recordings, or parts of them, listed in a table: one sample per line, columns in any
   * order}
   *
   * <pre>
   *  file,label,t_start_us,t_end_us,split
   *  cup_1.aedat,cup,2605652308,2605852308,train
   *  cup_2.aedat,cup,1200000,1400000,test
   * </pre>
   *
   * <p>{@code t_start_us} and {@code t_end_us} are times on the recording's clock, the end
   * exclusive; a table without these columns lists whole recordings. The column of the split, of
   * any name, holds {@code train}, {@code validation}, {@code test}, or nothing for unused samples.
   * Further columns are ignored. Classes are the labels of the samples in use, in alphabetical
   * order.
   *
   * @param table the table's file
   * @param recordings the folder that its column {@code file} is relative to
   * @param split the name of the column of the split
   * @param sensor the size of the recordings
   * @throws IOException if the table or a listed recording is missing, or the table is malformed
   */
  public static EventDataSet segments(Path table, Path recordings, String split, SensorSize sensor)
      throws IOException {
    return SegmentsCsv.read(table, recordings, split, sensor);
  }

  /**
   * {@return the same for a table next to its recordings}
   *
   * @param table the table's file
   * @param split the name of the column of the split
   * @param sensor the size of the recordings
   * @throws IOException as for {@link #segments(Path, Path, String, SensorSize)}
   */
  public static EventDataSet segments(Path table, String split, SensorSize sensor)
      throws IOException {
    return segments(table, table.toAbsolutePath().getParent(), split, sensor);
  }

  /** This data set with recordings of one format. */
  EventDataSet as(EventFormat format) {
    return new EventDataSet(name, classes, sensor, reading.as(format), train, heldOut, test);
  }

  /**
   * {@return this data set with another way to read its recordings; it keeps its size, and its
   * format if the layout fixes one}
   *
   * @param options how to read them
   */
  public EventDataSet reading(ReadOptions options) {
    ReadOptions sized = options.sensor(sensor.width(), sensor.height());
    ReadOptions own = reading.format().map(sized::as).orElse(sized);
    return new EventDataSet(name, classes, sensor, own, train, heldOut, test);
  }

  /**
   * {@return this data set with a share of the training samples of each class held out, in addition
   * to those that are, chosen by the seed} Similar parts of one recording may then be on both
   * sides; see {@link #holdingOutRecordings}.
   *
   * @param share the share of each class, above 0 and below 1, rounded to whole samples
   * @param seed chooses them, with the same result on every machine
   * @throws IllegalArgumentException if the share is out of range or one of the lists would be
   *     empty
   */
  public EventDataSet holdingOut(double share, long seed) {
    return holdingOut(SeededSplit.ofClasses(train, share, seed)::contains);
  }

  /**
   * {@return this data set with all training samples of certain recordings held out, in addition to
   * those that are}
   *
   * @param recordings selects recordings
   * @throws IllegalArgumentException if one of the lists would be empty
   */
  public EventDataSet holdingOutRecordings(Predicate<Path> recordings) {
    return holdingOut(sample -> recordings.test(sample.file()));
  }

  private EventDataSet holdingOut(Predicate<EventSample> chosen) {
    List<EventSample> kept = train.stream().filter(chosen.negate()).toList();
    List<EventSample> held = train.stream().filter(chosen).toList();
    Require.not(
        kept.isEmpty() || held.isEmpty(),
        "samples of %s held out must be some and not all of the %s of the training set, got %s",
        name,
        train.size(),
        held.size());
    List<EventSample> all = Stream.concat(heldOut.stream(), held.stream()).toList();
    return new EventDataSet(name, classes, sensor, reading, kept, all, test);
  }

  @Override
  public String toString() {
    return String.format(
        "%s: %s classes, %s training, %s held out and %s test samples of %s",
        name, classes.size(), train.size(), heldOut.size(), test.size(), sensor);
  }
}
