package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.dl4jsnn.event.cochlea.CochleaBins;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaFiles;
import org.dl4jsnn.event.cochlea.CochleaSample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class CochleaDataSetIteratorTest {

  private static final CochleaBins BINS = new CochleaBins(5, 10_000, 12);

  private CochleaFile file;

  @BeforeEach
  void open() throws IOException {
    file = CochleaFile.open(CochleaFiles.path("like-shd.h5"));
  }

  @AfterEach
  void close() {
    file.close();
  }

  private CochleaDataSetIterator.Builder all() {
    return CochleaDataSetIterator.builder(file, file.samples(), BINS);
  }

  @Test
  void shouldMakeMinibatchesOfAllWords() {
    CochleaDataSetIterator iterator = all().batch(4).build();
    DataSet first = iterator.next();
    assertArrayEquals(new long[] {4, 140, 12}, first.getFeatures().shape());
    assertArrayEquals(new long[] {4, 6}, first.getLabels().shape());
    assertEquals(3 + 4 + 5 + 6, first.getFeatures().sumNumber().intValue());
    assertEquals(1, first.getLabels().getInt(0, 5));
    // Word 1's second spike: channel 107 at 2/64 s.
    assertEquals(1, first.getFeatures().getInt(1, 107 / 5, 3));
    assertEquals(2, iterator.next().numExamples());
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  /** What each word gets depends on the seed, the epoch and its place alone. */
  @Test
  void shouldMoveWordsAnewEachEpoch() {
    CochleaDataSetIterator iterator = all().batch(2).seed(3).shuffled().shift(50).build();
    iterator.next();
    DataSet second = iterator.next();
    CochleaDataSetIterator later = all().batch(2).seed(3).shuffled().shift(50).build();
    later.begin(0, 2);
    assertEquals(second, later.next());
    INDArray moved = all().batch(6).seed(3).shift(50).build().next().getFeatures();
    assertNotEquals(moved, all().batch(6).seed(4).shift(50).build().next().getFeatures());
    assertNotEquals(moved, all().batch(6).build().next().getFeatures());
    iterator = all().batch(6).seed(3).shift(50).build();
    iterator.begin(1);
    assertNotEquals(moved, iterator.next().getFeatures());
  }

  /** Silenced runs take spikes away and add none; what is drawn depends on seed and epoch. */
  @Test
  void shouldSilenceRunsOfChannelsAndSteps() {
    INDArray whole = all().batch(6).build().next().getFeatures();
    CochleaDataSetIterator iterator =
        all().batch(6).seed(3).silences(BINS.channels(), BINS.steps()).build();
    INDArray silenced = iterator.next().getFeatures();
    assertTrue(silenced.sumNumber().doubleValue() < whole.sumNumber().doubleValue());
    for (long i = 0; i < whole.length(); i++) {
      double value = silenced.getDouble(i);
      assertTrue(value == 0 || value == whole.getDouble(i), i + ": " + value);
    }
    iterator.begin(0);
    assertEquals(silenced, iterator.next().getFeatures());
    iterator.begin(1);
    assertNotEquals(silenced, iterator.next().getFeatures());
    assertEquals(whole, all().batch(6).seed(3).silences(0, 0).build().next().getFeatures());
  }

  @Test
  void shouldRefuseWhatItCannotDo() {
    CochleaDataSetIterator.Builder builder = all();
    assertRefused(
        "silent channels must be from 0 to " + BINS.channels(),
        () -> builder.silences(BINS.channels() + 1, 0));
    assertRefused("silent steps must be from 0 to", () -> builder.silences(0, -1));
    assertThrows(IllegalArgumentException.class, () -> builder.batch(0));
    assertThrows(IllegalArgumentException.class, () -> builder.shift(-1));
    CochleaDataSetIterator iterator = builder.build();
    assertThrows(IllegalArgumentException.class, () -> iterator.begin(0, 7));
    List<CochleaSample> none = file.samplesOf(speaker -> speaker == 99);
    assertThrows(
        IllegalArgumentException.class, () -> CochleaDataSetIterator.builder(file, none, BINS));
    CochleaSample own = file.samples().get(1);
    CochleaSample foreign = new CochleaSample(1, own.label() + 1, own.speaker());
    assertRefused(
        "got " + foreign, () -> CochleaDataSetIterator.builder(file, List.of(own, foreign), BINS));
    assertThrows(IllegalArgumentException.class, () -> file.read(foreign));
  }

  @Test
  void shouldReportADamagedWord() throws IOException {
    try (CochleaFile damaged = CochleaFile.open(CochleaFiles.path("channel-700.h5"))) {
      CochleaDataSetIterator iterator =
          CochleaDataSetIterator.builder(damaged, damaged.samples(), BINS).batch(2).build();
      iterator.next();
      assertRefused(UncheckedIOException.class, iterator::next, "sample 2: channel must be");
    }
  }
}
