package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * ES-ImageNet: the images of ImageNet turned into events by a program that moves them in eight
 * steps (Lin et al., Frontiers in Neuroscience 15:726582, 2021). NumPy archives; times are steps
 * from 1 to 8, read as microseconds.
 *
 * <p>A folder with tables of the same form, {@code trainlabel.txt} and {@code vallabel.txt}, and
 * recordings in any format can also be read.
 */
public final class EsImageNet {

  /** The sensor size of all recordings. */
  public static final SensorSize SENSOR = new SensorSize(256, 256);

  private static final int CLASSES = 1000;

  /** MD5 of the 25 parts in order, as SpikingJelly's reader of this set lists them. */
  private static final List<String> PARTS =
      List.of(
          "900bdd57b5641f7d81cd4620283fef76",
          "5982532009e863a8f4e18e793314c54b",
          "8f408c1f5a1d4604e48d0d062a8289a0",
          "5c5b5cf0a55954eb639964e3da510097",
          "51feb661b4c9fa87860b63e76b914673",
          "fcd007a2b17b7c13f338734c53f6db31",
          "d3e74b96d9c5df15714bbc3abcd329fc",
          "65b9cf7fa63e18d2e7d92ff45a42a5e5",
          "241c9a37a83ff9efd305fe46d012211e",
          "ceee96971008e30d0cdc34086c49fd75",
          "4fbfefbe6e48758fbb72427c81f119cf",
          "c8cc163be4e5f6451201dccbded4ec24",
          "08c9dff32f6b42c49ef7cd78e37c728e",
          "43aa157dc5bd5fcea81315a46e0322cf",
          "480a69b050f465ef01efcc44ae29f7df",
          "11abd24d92b93e7f85acd63abd4a18ab",
          "3891486a6862c63a325c5f16cd01fdd1",
          "cf8bb0525b514f411bca9d7c2d681f7c",
          "3766bc35572ccacc03f0f293c571d0ae",
          "bf73a5e338644122220e41da7b5630e6",
          "564de4a2609cbb0bb67ffa1bc51f2487",
          "60a9e52db1acadfccc9a9809073f0b04",
          "373b5484826d40d7ec35f0e1605cb6ea",
          "a50612e889b20f99cc7b2725dfd72e9e",
          "0802ccdeb0cff29237faf55164524101");

  /** Facts of the data set. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "ES-ImageNet",
          CLASSES,
          1_257_035,
          0,
          49_881,
          Optional.of(SENSOR),
          "NumPy archives: images of ImageNet, moved by a program",
          "that of ImageNet, for research",
          "Lin et al., Frontiers in Neuroscience 15:726582, 2021",
          "https://cloud.tsinghua.edu.cn/d/94873ab4ec2a4eb497b3/",
          archives());

  private static final String HELP =
      "Get all parts of ES-imagenet-0.18 from "
          + FACTS.source()
          + " and unpack them; the folder is the one with trainlabel.txt, vallabel.txt,"
          + " train/n01440764/n01440764_10026.npz, …, val/….npz";

  private EsImageNet() {}

  private static Map<String, String> archives() {
    Map<String, String> archives = new TreeMap<>();
    for (int part = 1; part <= PARTS.size(); part++) {
      archives.put(
          String.format(Locale.ROOT, "ES-imagenet-0.18.part%02d.rar", part), PARTS.get(part - 1));
    }
    return archives;
  }

  /**
   * The data set in a folder.
   *
   * @param folder the folder with {@code trainlabel.txt} and {@code vallabel.txt}, with one line
   *     per sample: its file in {@code train} or {@code val} (with any ending), its class from 0 to
   *     999, and optional further text
   * @return the data set
   * @throws IOException if a table is missing (says where to get the data) or a line is malformed
   */
  public static EventDataSet in(Path folder) throws IOException {
    DataFolder root = new DataFolder(FACTS.name(), folder, HELP);
    return new EventDataSet(
        FACTS.name(),
        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList(),
        SENSOR,
        ReadOptions.defaults().sensor(SENSOR.width(), SENSOR.height()),
        samples(root, "trainlabel.txt", "train"),
        List.of(),
        samples(root, "vallabel.txt", "val"));
  }

  private static List<EventSample> samples(DataFolder root, String table, String split)
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
}
