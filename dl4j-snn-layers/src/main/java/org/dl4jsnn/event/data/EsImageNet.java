package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * ES-ImageNet: the pictures of ImageNet turned into events by a program that moves them in eight
 * steps (Lin et al., Frontiers in Neuroscience 15:726582, 2021). NumPy archives; times are steps
 * from 1 to 8, read as microseconds.
 *
 * <p>A folder with tables of the same form, {@code trainlabel.txt} and {@code vallabel.txt}, and
 * recordings in any format can also be read.
 */
public final class EsImageNet {

  /** The archive of all recordings. */
  public static final SensorSize SENSOR = new SensorSize(256, 256);

  private static final int CLASSES = 1000;

  /** Facts of the data set. */
  public static final DataSetFacts FACTS =
      new DataSetFacts(
          "ES-ImageNet",
          CLASSES,
          1_257_035,
          0,
          49_881,
          Optional.of(SENSOR),
          "NumPy archives: pictures of ImageNet, moved by a program",
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

  /** The first and last of the 25 parts, to detect a wrong download early. */
  private static Map<String, String> archives() {
    Map<String, String> archives = new TreeMap<>();
    archives.put("ES-imagenet-0.18.part01.rar", "900bdd57b5641f7d81cd4620283fef76");
    archives.put("ES-imagenet-0.18.part25.rar", "0802ccdeb0cff29237faf55164524101");
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
        // The published tables name the pictures, not their recordings.
        String name = parts[0].replaceFirst("[.](JPEG|jpeg|jpg)$", ".npz");
        samples.add(new EventSample(recordings.resolve(name), Integer.parseInt(parts[1])));
      }
    }
    return samples;
  }
}
