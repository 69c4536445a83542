package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.event.EventFormat;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;

/**
 * N-CARS: cars and background, cut from recordings of a camera behind a windscreen, 100 ms each;
 * 15,422 for training and 8,607 for testing (Sironi et al., CVPR 2018). Prophesee .dat; cuts differ
 * in size, up to 120 x 100.
 */
public final class NCars {

  /** The classes, in the order of the labels, and the names of their folders. */
  public static final List<String> CLASSES = List.of("background", "cars");

  /** The size that holds all recordings. */
  public static final SensorSize SENSOR = new SensorSize(120, 100);

  /** Facts of the data set. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "N-CARS",
          CLASSES.size(),
          15_422,
          0,
          8607,
          Optional.of(SENSOR),
          "Prophesee .dat: cars in traffic, and background",
          "Prophesee's terms, shown at the download",
          "Sironi et al., CVPR 2018",
          "https://www.prophesee.ai/2018/03/13/dataset-n-cars/",
          Map.of(
              "Prophesee_Dataset_n_cars.zip", "553ce464d6e5e617b3c21ce27c19368e",
              "n-cars_train.zip", "976d126a651b95d81800b05a3093337b",
              "n-cars_test.zip", "3b5e8e9a5bffeb95614b8c0a2ba4e511"));

  private static final String HELP =
      "Get Prophesee_Dataset_n_cars.zip from "
          + FACTS.source()
          + " and unpack it and the two archives in it into one folder:"
          + " train/background/obj_000000_td.dat, …, test/cars/….dat";

  private NCars() {}

  /**
   * The data set in a folder.
   *
   * @param folder the folder, with {@code train} and {@code test}, and {@code background} and
   *     {@code cars} in each
   * @return the data set
   * @throws IOException if a folder is missing or empty; says where to get the data
   */
  public static EventDataSet in(Path folder) throws IOException {
    DataFolder root = new DataFolder(FACTS.name(), folder, HELP);
    ReadOptions reading =
        ReadOptions.defaults()
            .sensor(SENSOR.width(), SENSOR.height())
            .as(EventFormat.PROPHESEE_DAT);
    return new EventDataSet(
        FACTS.name(),
        CLASSES,
        SENSOR,
        reading,
        samples(root, "train"),
        List.of(),
        samples(root, "test"));
  }

  private static List<EventSample> samples(DataFolder root, String split) throws IOException {
    List<EventSample> samples = new ArrayList<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      Path folder = root.folder(split + "/" + CLASSES.get(label));
      for (Path file : root.recordings(folder, ".dat")) {
        samples.add(new EventSample(file, label));
      }
    }
    return samples;
  }
}
