package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.WrittenFormat;

/** Small recordings in a folder, and data sets of them. */
public final class Recordings {

  private Recordings() {}

  /** Writes random events; their number and content come from the seed. */
  public static List<TestEvent> write(Path file, WrittenFormat format, long seed)
      throws IOException {
    List<TestEvent> events = TestEvent.random(seed, 100 + (int) (seed % 50));
    Files.createDirectories(file.getParent());
    Files.write(file, format.bytes(events));
    return events;
  }

  /** Recordings in a folder of each class, the first ones training and the others testing. */
  public static EventDataSet folders(Path folder, SensorSize sensor, int classes, int files)
      throws IOException {
    for (int label = 0; label < classes; label++) {
      for (int file = 0; file < files; file++) {
        String name = "class" + label + "/" + file + ".bin";
        write(folder.resolve("train").resolve(name), WrittenFormat.N_MNIST, label * 10L + file);
        write(folder.resolve("test").resolve(name), WrittenFormat.N_MNIST, label * 10L + file + 5);
      }
    }
    return EventDataSet.folderPerClass(folder.resolve("train"), folder.resolve("test"), sensor);
  }

  /** The same, of the test's sensor. */
  public static EventDataSet folders(Path folder, int classes, int files) throws IOException {
    return folders(folder, TestEvent.SENSOR, classes, files);
  }

  /** One recording of AEDAT 2.0, and the table of its parts, of 10 ms. */
  public static EventDataSet segments(Path folder) throws IOException {
    List<TestEvent> events = TestEvent.random(1, 3000);
    Files.createDirectories(folder);
    Files.write(folder.resolve("long.aedat"), WrittenFormat.AEDAT_2.bytes(events));
    StringBuilder table = new StringBuilder("split,file,label,t_start_us,t_end_us\n");
    long end = events.get(events.size() - 1).t();
    int row = 0;
    for (long start = events.get(0).t(); start < end; start += 10_000, row++) {
      String[] labels = {"mug", "box", "cup"};
      table.append(row % 4 == 3 ? "test" : "train").append(",long.aedat,").append(labels[row % 3]);
      table.append(',').append(start).append(',').append(start + 10_000).append('\n');
    }
    Path file = Files.writeString(folder.resolve("segments.csv"), table.toString());
    return EventDataSet.segments(file, "split", new SensorSize(128, 128));
  }
}
