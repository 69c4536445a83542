package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSample;
import org.dl4jsnn.event.cochlea.CochleaSpikes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpokenFileTest {

  private static final int[] SIZES = {3, 0, 1, 20_000};

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("words.h5");
    List<WordPlan.SpokenWord> words =
        IntStream.range(0, SIZES.length)
            .mapToObj(word -> new WordPlan.SpokenWord(19 - word, word / 2, null, null, 0))
            .toList();
    List<CochleaSpikes> heard =
        IntStream.range(0, SIZES.length).mapToObj(SpokenFileTest::spikes).toList();
    SpokenFile.write(path, words, heard, List.of("Andy", "a voice of a long name"));
  }

  private static CochleaSpikes spikes(int word) {
    float[] times = new float[SIZES[word]];
    int[] channels = new int[SIZES[word]];
    for (int i = 0; i < times.length; i++) {
      times[i] = i / 32f;
      channels[i] = (699 + word + i) % 700;
    }
    return new CochleaSpikes(times, channels);
  }

  @Test
  void shouldBeReadAsItWasWritten() throws IOException {
    try (CochleaFile file = CochleaFile.open(path)) {
      assertEquals(
          List.of(
              new CochleaSample(0, 19, 0),
              new CochleaSample(1, 18, 0),
              new CochleaSample(2, 17, 1),
              new CochleaSample(3, 16, 1)),
          file.samples());
      assertEquals(Voice.Language.keys(), file.classes());
      for (CochleaSample sample : file.samples()) {
        CochleaSpikes written = spikes(sample.index());
        CochleaSpikes read = file.read(sample);
        assertEquals(written.size(), read.size());
        for (int i = 0; i < read.size(); i++) {
          // Half precision has 11 bits.
          assertEquals(written.time(i), read.time(i), written.time(i) / 2_048);
          assertEquals(written.channel(i), read.channel(i));
        }
      }
    }
  }

  /** For all numbers of half precision, and halfway between them. */
  @Test
  void shouldRoundTimesToTheNearestOfHalfPrecisionAndThenToTheEvenOne() {
    for (short half = 0; half < 0x7bff; half++) {
      float low = FloatingPoint.toFloat(half);
      float high = FloatingPoint.toFloat((short) (half + 1));
      float middle = (low + high) / 2;
      assertEquals(low, SpokenFile.half(low));
      assertEquals(half % 2 == 0 ? low : high, SpokenFile.half(middle));
      assertEquals(low, SpokenFile.half(Math.nextDown(middle)));
      assertEquals(high, SpokenFile.half(Math.nextUp(middle)));
    }
  }

  @Test
  void shouldNameTheVoices() {
    try (HdfFile file = new HdfFile(path)) {
      String[] voices = (String[]) file.getDatasetByPath("extra/meta_info/voice").getData();
      assertEquals(List.of("Andy", "a voice of a long name"), List.of(voices));
    }
  }
}
