package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;

/**
 * N-MNIST: the digits of MNIST on a screen in front of a camera that moves in three saccades, about
 * 0.3 s; 60,000 for training and 10,000 for testing (Orchard et al., Frontiers in Neuroscience
 * 9:437, 2015). 34 x 34.
 */
public final class NMnist {

  /** The classes, in the order of the labels. */
  public static final List<String> CLASSES =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  /** The size of the cut recordings. */
  public static final SensorSize SENSOR = new SensorSize(34, 34);

  /** Facts of the data set. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "N-MNIST",
          10,
          60_000,
          0,
          10_000,
          Optional.of(SENSOR),
          "N-MNIST's layout: digits, moved",
          "CC BY-SA 4.0",
          "Orchard et al., Frontiers in Neuroscience 9:437, 2015",
          "https://www.garrickorchard.com/datasets/n-mnist",
          Map.of(
              "Train.zip", "20959b8e626244a1b502305a9e6e2031",
              "Test.zip", "69ca8762b2fe404d9b9bad1103e97832"));

  private static final String NAME = "N-MNIST";

  private static final String HELP =
      "Get Train.zip and Test.zip from https://www.garrickorchard.com/datasets/n-mnist and unpack"
          + " both into one folder: Train/0/00002.bin, …, Test/9/….bin";

  private NMnist() {}

  /**
   * The data set in a folder.
   *
   * @param folder the folder, with {@code Train} and {@code Test} and one subfolder per digit in
   *     each
   * @return the data set
   * @throws IOException if a folder is missing or empty; says where to get the data
   */
  public static EventDataSet in(Path folder) throws IOException {
    DataFolder root = new DataFolder(NAME, folder, HELP);
    ReadOptions reading =
        ReadOptions.defaults().sensor(SENSOR.width(), SENSOR.height()).as(EventFormat.N_MNIST);
    return new EventDataSet(
        NAME, CLASSES, SENSOR, reading, samples(root, "Train"), List.of(), samples(root, "Test"));
  }

  private static List<EventSample> samples(DataFolder root, String split) throws IOException {
    List<EventSample> samples = new ArrayList<>();
    for (int digit = 0; digit < CLASSES.size(); digit++) {
      for (Path file : root.recordings(root.folder(split + "/" + digit), ".bin")) {
        samples.add(new EventSample(file, digit));
      }
    }
    return samples;
  }
}
