package org.dl4jsnn.event.data;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.WrittenFormat;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedDataSetsTest {

  @TempDir private Path folder;

  private void write(String name, WrittenFormat format) throws IOException {
    Recordings.write(folder.resolve(name), format, name.length());
  }

  @Test
  void shouldReadCifar10Dvs() throws IOException {
    for (String name : "airplane automobile bird cat deer dog frog horse ship truck".split(" ")) {
      for (int number : new int[] {0, 1, 3, 10}) {
        write(name + "/cifar10_" + name + "_" + number + ".aedat", WrittenFormat.AEDAT_2);
      }
    }
    EventDataSet data = EventDataSet.cifar10Dvs(folder);
    assertEquals(20, data.train().size());
    assertEquals(20, data.test().size());
    assertTrue(data.train().get(0).file().endsWith("airplane/cifar10_airplane_0.aedat"));
    assertTrue(data.test().get(3).file().endsWith("automobile/cifar10_automobile_3.aedat"));
    assertEquals(1, data.test().get(3).label());
    assertEquals(
        "CIFAR10-DVS: 10 classes, 20 training, 0 held out and 20 test samples of 128 x 128",
        data.toString());
    assertReads(data);
    write("truck/truck.aedat", WrittenFormat.AEDAT_2);
    assertMissing(
        "CIFAR10-DVS: the names of recordings must end with _0.aedat to _999.aedat, got "
            + folder.resolve("truck/truck.aedat")
            + ". Get the archive",
        () -> EventDataSet.cifar10Dvs(folder));
  }

  private static void assertReads(EventDataSet data) throws IOException {
    FrameOptions options = FrameOptions.of(Slicing.intoEqualParts(2));
    EventAugmentation none = EventAugmentation.none();
    SampleFrames frames = new SampleFrames(data, options, none, Optional.empty());
    EventSample first = data.train().get(0);
    float sum = 0;
    for (float value : frames.of(first, new Random(1)).values()) {
      sum += value;
    }
    assertTrue(sum > 0, first.toString());
  }

  /** Another rule for the split would make figures incomparable. */
  @Test
  void shouldKeepTheSplitOfCifar10DvsAsPublished() throws IOException {
    assertEquals(100, EventDataSet.cifar10DvsTestNumbers().size());
    String numbers =
        EventDataSet.cifar10DvsTestNumbers().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(" "));
    assertTrue(numbers.startsWith("1 3 15 20 21 30 43 53 74 81 99 102 114 115 132 155"), numbers);
    assertTrue(numbers.endsWith("937 955 958 961 963 964 965 972 973 985"), numbers);
    Path docs = Path.of(System.getProperty("build.root"), "docs/reports/cifar10-dvs-frames.md");
    String text = Files.readString(docs).replaceAll("\\s+", " ");
    assertTrue(text.contains(numbers), docs + " must list " + numbers);
  }

  @Test
  void shouldReadNMnist() throws IOException {
    for (int digit = 0; digit < 10; digit++) {
      write("Train/" + digit + "/00002.bin", WrittenFormat.N_MNIST);
      write("Train/" + digit + "/00001.bin", WrittenFormat.N_MNIST);
      write("Test/" + digit + "/1.bin", WrittenFormat.N_MNIST);
    }
    EventDataSet data = EventDataSet.nMnist(folder);
    assertEquals(20, data.train().size());
    assertEquals(new EventSample(folder.resolve("Train/1/00001.bin"), 1), data.train().get(2));
    assertEquals(new EventSample(folder.resolve("Test/9/1.bin"), 9), data.test().get(9));
    assertReads(data);
    Files.delete(folder.resolve("Test/3/1.bin"));
    assertMissing(
        "N-MNIST: "
            + folder.resolve("Test/3")
            + " must hold recordings, *.bin, got none. Get Train",
        () -> EventDataSet.nMnist(folder));
  }

  @Test
  void shouldReadDvsGesture() throws IOException {
    write("user01_led.aedat", WrittenFormat.AEDAT_3_1);
    write("user24_lab.aedat", WrittenFormat.AEDAT_3_1);
    Files.writeString(folder.resolve("trials_to_train.txt"), "user01_led.aedat\n\n");
    Files.writeString(folder.resolve("trials_to_test.txt"), "user24_lab.aedat");
    String header = "class,startTime_usec,endTime_usec\n";
    Path labels = folder.resolve("user01_led_labels.csv");
    Files.writeString(labels, header + "1,10,90000\n11,20,30\n");
    Files.writeString(folder.resolve("user24_lab_labels.csv"), header + "2,5,6\n");
    EventDataSet data = EventDataSet.dvsGesture(folder);
    EventSample first =
        new EventSample(
            folder.resolve("user01_led.aedat"), 0, Optional.of(new TimeWindow(10, 90000)));
    assertEquals(first, data.train().get(0));
    assertEquals(10, data.train().get(1).label());
    assertEquals(1, data.test().size());
    assertEquals("right hand wave", data.classes().get(data.test().get(0).label()));
    assertReads(data);
    Files.writeString(labels, header + "12,1,2\n");
    assertMessage(
        IOException.class,
        labels + " at line 2: class must be from 1 to 11, got 12",
        () -> EventDataSet.dvsGesture(folder));
    Files.delete(labels);
    assertMissing(
        "DVS128 Gesture: " + folder + " must hold a file user01_led_labels.csv, got none. Get Dvs",
        () -> EventDataSet.dvsGesture(folder));
  }

  @Test
  void shouldReadAFolderForEveryClass() throws IOException {
    EventDataSet data = Recordings.folders(folder, 3, 2);
    assertEquals(List.of("class0", "class1", "class2"), data.classes());
    assertEquals(new EventSample(folder.resolve("train/class1/1.bin"), 1), data.train().get(3));
    assertReads(data);
    Recordings.write(folder.resolve("test/other/1.bin"), WrittenFormat.N_MNIST, 1);
    assertMissing(
        folder.resolve("test")
            + ": the classes must be those of "
            + folder.resolve("train")
            + ", [class0, class1, class2], got [class0, class1, class2, other]. Lay it out",
        () ->
            EventDataSet.folderPerClass(
                folder.resolve("train"), folder.resolve("test"), data.sensor()));
  }

  @Test
  void shouldSplitAFolderForEveryClassBySeed() throws IOException {
    EventDataSet whole = Recordings.folders(folder, 3, 5);
    Path train = folder.resolve("train");
    EventDataSet data = EventDataSet.folderPerClass(train, whole.sensor(), 0.4, 1);
    assertEquals(9, data.train().size());
    for (int label = 0; label < 3; label++) {
      int expected = label;
      assertEquals(2, data.test().stream().filter(s -> s.label() == expected).count());
    }
    assertFalse(data.train().stream().anyMatch(data.test()::contains));
    assertEquals(data, EventDataSet.folderPerClass(train, whole.sensor(), 0.4, 1));
    assertNotEquals(data, EventDataSet.folderPerClass(train, whole.sensor(), 0.4, 2));
  }

  @Test
  void shouldSayWhereToGetWhatIsMissing() {
    Path none = folder.resolve("none");
    assertMissing(
        "CIFAR10-DVS: its folder must be there, got none at "
            + none
            + ". Get the archive of each class from"
            + " https://figshare.com/articles/CIFAR10-DVS_New/4724671 and unpack them into one folder:"
            + " airplane/cifar10_airplane_0.aedat, …, truck/cifar10_truck_999.aedat",
        () -> EventDataSet.cifar10Dvs(none));
    assertMissing(
        "CIFAR10-DVS: " + folder + " must hold a folder airplane, got none. Get the archive",
        () -> EventDataSet.cifar10Dvs(folder));
    assertMissing(
        "N-MNIST: its folder must be there, got none at "
            + none
            + ". Get Train.zip and Test.zip from https://www.garrickorchard.com/datasets/n-mnist"
            + " and unpack both into one folder: Train/0/00002.bin, …, Test/9/….bin",
        () -> EventDataSet.nMnist(none));
    assertMissing(
        "DVS128 Gesture: "
            + folder
            + " must hold a file trials_to_train.txt, got none. Get DvsGesture.tar.gz from"
            + " https://research.ibm.com/dvsgesture/ and unpack it; the folder is the"
            + " one with trials_to_train.txt, trials_to_test.txt, *.aedat and *_labels.csv",
        () -> EventDataSet.dvsGesture(folder));
    assertMissing(
        folder
            + ": "
            + folder
            + " must hold one folder per class, got none. Lay it out with one folder per class that holds its recordings: cup/1.aedat, cup/2.aedat,"
            + " mouse/1.aedat, …",
        () -> EventDataSet.folderPerClass(folder, new SensorSize(128, 128), 0.1, 1));
  }

  private interface Reading {
    EventDataSet read() throws IOException;
  }

  private static void assertMissing(String expected, Reading reading) {
    assertBegins(FileNotFoundException.class, expected, reading::read);
  }

  private static void assertReadsFiles(EventDataSet data) throws IOException {
    for (List<EventSample> samples : List.of(data.train(), data.test())) {
      assertTrue(EventFiles.read(samples.get(0).file(), data.reading()).size() > 0);
    }
  }

  @Test
  void shouldReadNCars() throws IOException {
    for (String split : List.of("train", "test")) {
      for (String name : List.of("background", "cars")) {
        write(split + "/" + name + "/obj_000001_td.dat", WrittenFormat.PROPHESEE_DAT);
      }
    }
    write("train/cars/obj_000002_td.dat", WrittenFormat.PROPHESEE_DAT);
    EventDataSet data = EventDataSet.nCars(folder);
    assertEquals(3, data.train().size());
    assertEquals(2, data.test().size());
    assertEquals(1, data.train().get(2).label());
    assertReadsFiles(data);
    assertRefused(
        FileNotFoundException.class,
        () -> EventDataSet.nCars(folder.resolve("train")),
        "must hold a folder train/background, got none. Get Proph");
  }

  @Test
  void shouldSplitNCaltech101BySeed() throws IOException {
    for (String name : List.of("BACKGROUND_Google", "ant", "yin_yang")) {
      for (int i = 0; i < 5; i++) {
        write(name + "/image_000" + i + ".bin", WrittenFormat.N_MNIST);
      }
    }
    EventDataSet data = EventDataSet.nCaltech101(folder, 0.2, 1);
    assertEquals(List.of("BACKGROUND_Google", "ant", "yin_yang"), data.classes());
    assertEquals(12, data.train().size());
    assertEquals(3, data.test().size());
    assertEquals(data, EventDataSet.nCaltech101(folder, 0.2, 1));
    assertNotEquals(data, EventDataSet.nCaltech101(folder, 0.2, 2));
    assertReadsFiles(data);
  }

  @Test
  void shouldReadEsImageNetByItsTables() throws IOException {
    write("train/n01440764/a_1.npz", WrittenFormat.NUMPY);
    write("train/n01443537/b_1.npz", WrittenFormat.NUMPY);
    write("val/ILSVRC2012_val_1.npz", WrittenFormat.NUMPY);
    Files.writeString(
        folder.resolve("trainlabel.txt"),
        "n01440764/a_1.JPEG 0 224 200\nn01443537/b_1.npz 999 1 1\n");
    Path test = folder.resolve("vallabel.txt");
    Files.writeString(test, "ILSVRC2012_val_1.npz 7\n");
    EventDataSet data = EventDataSet.esImageNet(folder);
    assertEquals(1000, data.classes().size());
    assertEquals(
        new EventSample(folder.resolve("train/n01440764/a_1.npz"), 0), data.train().get(0));
    assertEquals(999, data.train().get(1).label());
    assertEquals(7, data.test().get(0).label());
    assertReadsFiles(data);
    Files.writeString(test, "ILSVRC2012_val_1.npz 1000\n");
    assertRefused(
        IOException.class,
        () -> EventDataSet.esImageNet(folder),
        "a line of vallabel.txt must be a file and a class from 0");
  }

  @Test
  void shouldKnowEachDataSetByOneName() {
    List<DataSetFacts> all = DataSetFacts.all();
    assertEquals(8, all.stream().map(DataSetFacts::name).distinct().count());
    for (DataSetFacts facts : all) {
      assertFalse(facts.archives().isEmpty(), facts.name());
      assertTrue(facts.source().startsWith("https://"), facts.source());
    }
    assertEquals(70_000, DataSetFacts.N_MNIST.samples());
  }

  @Test
  void shouldRefuseFactsThatCannotBe() {
    assertMessage(
        IllegalArgumentException.class,
        "MD5 of f must be 32 hexadecimal digits, got 12",
        () ->
            new DataSetFacts("a", 1, 1, 0, 0, Optional.empty(), "", "", "", "", Map.of("f", "12")));
  }
}
