package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSample;
import org.dl4jsnn.event.cochlea.CochleaSpikes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeidelbergFileTest {

  private static final int[] SIZES = {3, 0, 1, 20_000};

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("words.h5");
    HeidelbergFile file = new HeidelbergFile();
    for (int word = 0; word < SIZES.length; word++) {
      file.add(19 - word, word / 2, spikes(word));
    }
    file.write(path, List.of("Andy", "a voice of a long name"));
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
      assertEquals(Language.keys(), file.classes());
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

  @Test
  void shouldNameTheVoices() {
    try (HdfFile file = new HdfFile(path)) {
      String[] voices = (String[]) file.getDatasetByPath("extra/meta_info/voice").getData();
      assertEquals(List.of("Andy", "a voice of a lon"), List.of(voices));
    }
  }
}
