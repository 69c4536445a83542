package org.dl4jsnn.examples.spoken;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.event.cochlea.CochleaSpikes;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * Writes words as spikes into an HDF5 file that {@link org.dl4jsnn.event.cochlea.CochleaFile}
 * reads: the columns of the Heidelberg Digits, with the spikes of all words one after another.
 */
final class SpokenFile {

  /** By how much the mantissa of a float is longer than one of half precision. */
  private static final float HALF_ULPS = 1 << 13;

  private static final float SMALLEST_HALF = 0x1p-24f;

  private SpokenFile() {}

  /**
   * Writes words, the spikes of each and every speaker's voice; after a failure an old file stays.
   */
  static void write(
      Path file, List<WordPlan.SpokenWord> words, List<CochleaSpikes> heard, List<String> voices)
      throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    // jhdf writes to paths only.
    Path whole = Files.createTempFile(folder, "spoken", ".part");
    try {
      make(whole, words, heard, voices);
      AtomicFile.replace(file, out -> Files.copy(whole, out));
    } catch (HdfException e) {
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void make(
      Path file, List<WordPlan.SpokenWord> words, List<CochleaSpikes> heard, List<String> voices) {
    int total = heard.stream().mapToInt(CochleaSpikes::size).reduce(0, Math::addExact);
    float[] times = new float[total];
    short[] units = new short[total];
    int[] ends = new int[heard.size()];
    int end = 0;
    for (int word = 0; word < ends.length; word++) {
      CochleaSpikes spikes = heard.get(word);
      for (int i = 0; i < spikes.size(); i++, end++) {
        times[end] = half(spikes.time(i));
        units[end] = (short) spikes.channel(i);
      }
      ends[word] = end;
    }
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup spikes = hdf.putGroup("spikes");
      spikes.putDataset("times", times);
      spikes.putDataset("units", units);
      spikes.putDataset("ends", ends);
      hdf.putDataset("labels", numbers(words.stream().map(WordPlan.SpokenWord::label)));
      WritableGroup extra = hdf.putGroup("extra");
      extra.putDataset("speaker", numbers(words.stream().map(WordPlan.SpokenWord::speaker)));
      extra.putDataset("keys", Voice.Language.keys().toArray(new String[0]));
      extra.putGroup("meta_info").putDataset("voice", voices.toArray(new String[0]));
    }
  }

  private static int[] numbers(Stream<Integer> numbers) {
    return numbers.mapToInt(number -> number).toArray();
  }

  /**
   * The nearest number of half precision, as in the Heidelberg Digits; for times below 65,504 s.
   */
  static float half(float time) {
    float step = Math.max(Math.ulp(time) * HALF_ULPS, SMALLEST_HALF);
    return (float) Math.rint(time / step) * step;
  }
}
