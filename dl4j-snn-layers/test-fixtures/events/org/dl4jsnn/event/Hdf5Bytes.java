package org.dl4jsnn.event;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Columns in a group, as DSEC has them, with times from an offset on. */
final class Hdf5Bytes {

  private Hdf5Bytes() {}

  private static final long OFFSET = 4321;

  static byte[] write(List<TestEvent> events) {
    try {
      Path file = Files.createTempFile("events", ".h5");
      try (WritableHdfFile hdf = HdfFile.write(file)) {
        hdf.putDataset("t_offset", new long[] {OFFSET});
        WritableGroup group = hdf.putGroup("events");
        group.putDataset("x", events.stream().mapToInt(TestEvent::x).toArray());
        group.putDataset("y", events.stream().mapToInt(TestEvent::y).toArray());
        group.putDataset("p", events.stream().mapToInt(event -> event.on() ? 1 : 0).toArray());
        group.putDataset("t", events.stream().mapToLong(event -> event.t() - OFFSET).toArray());
      }
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
