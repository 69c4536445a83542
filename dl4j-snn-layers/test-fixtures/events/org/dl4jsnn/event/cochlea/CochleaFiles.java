package org.dl4jsnn.event.cochlea;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files that make.py, next to them, made with h5py. */
public final class CochleaFiles {

  /** Words of each. */
  public static final int WORDS = 6;

  private CochleaFiles() {}

  /** Writes the same spikes, but for those of word 1, one after another. */
  static Path flat(Path file, int... ends) {
    float[] times = new float[ends[WORDS - 1]];
    short[] units = new short[times.length];
    for (int word = 0; word < WORDS; word++) {
      int begin = word == 0 ? 0 : ends[word - 1];
      for (int i = begin; i < ends[word]; i++) {
        times[i] = (i - begin + 1) / 64f;
        units[i] = (short) ((100 * word + 7 * (i - begin)) % 700);
      }
    }
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup spikes = hdf.putGroup("spikes");
      spikes.putDataset("times", times);
      spikes.putDataset("units", units);
      spikes.putDataset("ends", ends);
      hdf.putDataset("labels", new int[] {5, 4, 3, 2, 1, 0});
    }
    return file;
  }

  public static Path path(String name) {
    try {
      return Path.of(CochleaFiles.class.getResource("/cochlea/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
