package org.dl4jsnn.event.cochlea;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CochleaFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"like-shd.h5", "doubles-packed.h5", "latest.h5"})
  void shouldReadTheSpikesOfEveryWord(String name) throws IOException {
    try (CochleaFile file = CochleaFile.open(CochleaFiles.path(name))) {
      assertEquals(CochleaFiles.WORDS, file.samples().size());
      for (CochleaSample sample : file.samples()) {
        int word = sample.index();
        assertEquals(CochleaFiles.WORDS - 1 - word, sample.label());
        CochleaSpikes spikes = file.read(sample);
        assertEquals(3 + word, spikes.size());
        for (int i = 0; i < spikes.size(); i++) {
          assertEquals((i + 1) / 64f, spikes.time(i));
          assertEquals((100 * word + 7 * i) % 700, spikes.channel(i));
        }
      }
    }
  }

  @Test
  void shouldReadSpikesThatFollowOneAnother() throws IOException {
    int[] sizes = {3, 0, 5, 6, 7, 8};
    Path flat = CochleaFiles.flat(folder.resolve("flat.h5"), 3, 3, 8, 14, 21, 29);
    try (CochleaFile file = CochleaFile.open(flat);
        CochleaFile lists = CochleaFile.open(CochleaFiles.path("like-shd.h5"))) {
      for (CochleaSample sample : file.samples()) {
        CochleaSpikes spikes = file.read(sample);
        CochleaSpikes same = lists.read(lists.samples().get(sample.index()));
        assertEquals(sizes[sample.index()], spikes.size());
        for (int i = 0; i < spikes.size(); i++) {
          assertEquals(same.time(i), spikes.time(i));
          assertEquals(same.channel(i), spikes.channel(i));
        }
      }
    }
  }

  @Test
  void shouldRefuseEndsThatFall() {
    Path flat = CochleaFiles.flat(folder.resolve("flat.h5"), 3, 2, 8, 14, 21, 29);
    assertMessage(
        CochleaFileException.class,
        flat + ", spikes/ends: must not fall, got 2 after 3",
        () -> CochleaFile.open(flat));
  }

  @Test
  void shouldNameSpeakersAndClasses() throws IOException {
    try (CochleaFile file = CochleaFile.open(CochleaFiles.path("like-shd.h5"))) {
      assertEquals(List.of("zero", "one", "two", "null", "eins", "zwei"), file.classes());
      assertEquals(List.of(0, 4, 7), file.speakers());
      assertEquals(
          List.of(2, 3),
          file.samplesOf(speaker -> speaker == 4).stream().map(CochleaSample::index).toList());
      assertTrue(file.toString().endsWith("6 words of 6 classes by 3 speakers"), file.toString());
    }
  }

  @Test
  void shouldNumberClassesAndTakeOneSpeakerWhereTheFileNamesNone() throws IOException {
    try (CochleaFile file = CochleaFile.open(CochleaFiles.path("doubles-packed.h5"))) {
      assertEquals(List.of("0", "1", "2", "3", "4", "5"), file.classes());
      assertEquals(List.of(0), file.speakers());
    }
  }

  @Test
  void shouldBeReadBySeveralThreads() throws IOException {
    try (CochleaFile file = CochleaFile.open(CochleaFiles.path("like-shd.h5"))) {
      List<CochleaSample> samples = file.samples();
      long sizes =
          IntStream.range(0, 600)
              .parallel()
              .map(
                  i -> {
                    try {
                      return file.read(samples.get(i % samples.size())).size();
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .sum();
      assertEquals(100 * (3 + 4 + 5 + 6 + 7 + 8), sizes);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fewer-labels.h5    | spikes/times: must have a row for each of the 2 labels, got 6",
        "negative-label.h5  | labels: must be from 0 to 2147483647, got -3",
        "labels-of-text.h5  | labels: must be whole numbers, got String[]",
        "times-in-rows.h5   | spikes/times: must be lists of varying length, got double",
        "no-units.h5        | spikes/units: must be a data set, got nothing",
        "few-keys.h5        | labels: must be below the number of extra/keys, 1, got 5",
      })
  void shouldRefuseAFileOfAnotherLayout(String name, String message) {
    Path path = CochleaFiles.path(name);
    CochleaFileException error =
        assertThrows(CochleaFileException.class, () -> CochleaFile.open(path));
    assertTrue(error.getMessage().startsWith(path + ", " + message), error.getMessage());
    assertEquals(path.toString(), error.file());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "channel-700.h5   | 2 | sample 2: channel must be from 0 to 699, got 700",
        "negative-time.h5 | 1 | sample 1: time of a spike must be finite and at least 0 s, got -0.5",
        "fewer-times.h5   | 3 | sample 3: times must be as many as channels, 6, got 1",
      })
  void shouldSayWhichWordIsDamaged(String name, int word, String message) throws IOException {
    Path path = CochleaFiles.path(name);
    try (CochleaFile file = CochleaFile.open(path)) {
      assertEquals(3, file.read(file.samples().get(0)).size());
      assertMessage(
          CochleaFileException.class,
          path + ", " + message,
          () -> file.read(file.samples().get(word)));
    }
  }

  @Test
  void shouldSayThatAFileIsCutShortOrAFolder(@TempDir Path folder) throws IOException {
    byte[] signature = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 26, '\n'};
    Path cut = Files.write(folder.resolve("cut.h5"), signature);
    assertMessage(
        IOException.class,
        cut
            + " must be an HDF5 file, got another kind of file or a damaged one: it ends in the"
            + " middle of a number or a name",
        () -> CochleaFile.open(cut));
    assertMessage(
        IOException.class,
        folder + ": it is a folder, but a file is needed",
        () -> CochleaFile.open(folder));
  }

  @Test
  void shouldSayHowToUnpackAGzippedFile() throws IOException {
    Path packed = folder.resolve("shd_train.h5.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(CochleaFiles.path("like-shd.h5"), out);
    }
    CochleaFileException error =
        assertThrows(CochleaFileException.class, () -> CochleaFile.open(packed));
    assertTrue(error.getMessage().endsWith("Unpack it first: gunzip " + packed));
  }

  @Test
  void shouldRefuseWhatIsNotAFileOfThisKind() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
    assertThrows(CochleaFileException.class, () -> CochleaFile.open(text));
    Path empty = Files.createFile(folder.resolve("empty.h5"));
    assertThrows(CochleaFileException.class, () -> CochleaFile.open(empty));
    Path none = folder.resolve("none.h5");
    assertThrows(NoSuchFileException.class, () -> CochleaFile.open(none));
  }

  @Test
  void shouldRefuseAWordThatItDoesNotHave() throws IOException {
    try (CochleaFile file = CochleaFile.open(CochleaFiles.path("like-shd.h5"))) {
      CochleaSample other = new CochleaSample(6, 0, 0);
      assertThrows(IllegalArgumentException.class, () -> file.read(other));
    }
  }
}
