package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;

/**
 * N-Caltech101: images of Caltech101 on a screen in front of a camera that moves in three saccades,
 * 100 objects and a background (Orchard et al., Frontiers in Neuroscience 9:437, 2015). N-MNIST's
 * layout; images differ in size, up to 240 x 180.
 *
 * <p>The data set defines no split; a seed chooses a share of each class.
 */
public final class NCaltech101 {

  /** The size that holds all recordings. */
  public static final SensorSize SENSOR = new SensorSize(240, 180);

  /** Caltech101 has 9,144 images; the 435 of Faces are left out. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "N-Caltech101",
          101,
          8709,
          0,
          0,
          Optional.of(SENSOR),
          "N-MNIST's layout: images of objects, moved",
          "CC BY 4.0",
          "Orchard et al., Frontiers in Neuroscience 9:437, 2015",
          "https://www.garrickorchard.com/datasets/n-caltech101",
          Map.of("Caltech101.zip", "66201824eabb0239c7ab992480b50ba3"));

  private static final String HELP =
      "Get Caltech101.zip from "
          + FACTS.source()
          + " and unpack it; the folder is the one with BACKGROUND_Google/image_0001.bin, …,"
          + " yin_yang/….bin";

  private NCaltech101() {}

  /**
   * The data set in a folder.
   *
   * @param folder the folder, with one subfolder per class
   * @param testShare the share of each class, above 0 and below 1, rounded to whole recordings
   * @param seed chooses the test recordings, with the same result on every machine
   * @return the data set; classes are in alphabetical order
   * @throws IOException if a folder is missing or empty; says where to get the data
   * @throws IllegalArgumentException if the share is out of range
   */
  public static EventDataSet in(Path folder, double testShare, long seed) throws IOException {
    DataFolder root = new DataFolder(FACTS.name(), folder, HELP);
    List<Path> classes = root.folders();
    List<EventSample> samples = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : root.recordings(classes.get(label), ".bin")) {
        samples.add(new EventSample(file, label));
      }
    }
    Set<EventSample> test = SeededSplit.ofClasses(samples, testShare, seed);
    ReadOptions reading =
        ReadOptions.defaults().sensor(SENSOR.width(), SENSOR.height()).as(EventFormat.N_MNIST);
    return new EventDataSet(
        FACTS.name(),
        classes.stream().map(name -> name.getFileName().toString()).toList(),
        SENSOR,
        reading,
        samples.stream().filter(sample -> !test.contains(sample)).toList(),
        List.of(),
        samples.stream().filter(test::contains).toList());
  }
}
