package org.dl4jsnn.event.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.WrittenFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newer data sets, and the facts of all of them. */
class DataSetFactsTest {

  @TempDir private Path folder;

  private void write(String name, WrittenFormat format) throws IOException {
    Recordings.write(folder.resolve(name), format, name.length());
  }

  private static void assertReads(EventDataSet data) throws IOException {
    for (List<EventSample> samples : List.of(data.train(), data.test())) {
      assertTrue(EventFiles.read(samples.get(0).file(), data.reading()).size() > 0);
    }
  }

  @Test
  void shouldReadNCars() throws IOException {
    for (String split : List.of("train", "test")) {
      for (String name : NCars.CLASSES) {
        write(split + "/" + name + "/obj_000001_td.dat", WrittenFormat.PROPHESEE_DAT);
      }
    }
    write("train/cars/obj_000002_td.dat", WrittenFormat.PROPHESEE_DAT);
    EventDataSet data = NCars.in(folder);
    assertEquals(3, data.train().size());
    assertEquals(2, data.test().size());
    assertEquals(1, data.train().get(2).label());
    assertReads(data);
    String missing =
        assertThrows(FileNotFoundException.class, () -> NCars.in(folder.resolve("train")))
            .getMessage();
    assertTrue(
        missing.contains("must hold a folder train/background, got none. Get Proph"), missing);
  }

  @Test
  void shouldSplitNCaltech101BySeed() throws IOException {
    for (String name : List.of("BACKGROUND_Google", "ant", "yin_yang")) {
      for (int i = 0; i < 5; i++) {
        write(name + "/image_000" + i + ".bin", WrittenFormat.N_MNIST);
      }
    }
    EventDataSet data = NCaltech101.in(folder, 0.2, 1);
    assertEquals(List.of("BACKGROUND_Google", "ant", "yin_yang"), data.classes());
    assertEquals(12, data.train().size());
    assertEquals(3, data.test().size());
    assertEquals(data, NCaltech101.in(folder, 0.2, 1));
    assertNotEquals(data, NCaltech101.in(folder, 0.2, 2));
    assertReads(data);
  }

  @Test
  void shouldReadEsImageNetByItsTables() throws IOException {
    write("train/n01440764/a_1.npz", WrittenFormat.NUMPY);
    write("train/n01443537/b_1.npz", WrittenFormat.NUMPY);
    write("val/ILSVRC2012_val_1.npz", WrittenFormat.NUMPY);
    Files.writeString(
        folder.resolve("trainlabel.txt"),
        "n01440764/a_1.JPEG 0 224 200\nn01443537/b_1.npz 999 1 1\n");
    Path test = folder.resolve("vallabel.txt");
    Files.writeString(test, "ILSVRC2012_val_1.npz 7\n");
    EventDataSet data = EsImageNet.in(folder);
    assertEquals(1000, data.classes().size());
    assertEquals(
        new EventSample(folder.resolve("train/n01440764/a_1.npz"), 0), data.train().get(0));
    assertEquals(999, data.train().get(1).label());
    assertEquals(7, data.test().get(0).label());
    assertReads(data);
    Files.writeString(test, "ILSVRC2012_val_1.npz 1000\n");
    String message = assertThrows(IOException.class, () -> EsImageNet.in(folder)).getMessage();
    assertTrue(
        message.contains("a line of vallabel.txt must be a file and a class from 0"), message);
  }

  @Test
  void shouldKnowEachDataSetByOneName() {
    List<DataSetFacts> all = DataSetFacts.all();
    assertEquals(8, all.stream().map(DataSetFacts::name).distinct().count());
    for (DataSetFacts facts : all) {
      assertFalse(facts.archives().isEmpty(), facts.name());
      assertTrue(facts.source().startsWith("https://"), facts.source());
    }
    assertEquals(70_000, NMnist.FACTS.samples());
  }

  @Test
  void shouldRefuseFactsThatCannotBe() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new DataSetFacts(
                        "a", 1, 1, 0, 0, Optional.empty(), "", "", "", "", Map.of("f", "12")))
            .getMessage();
    assertEquals("MD5 of f must be 32 hexadecimal digits, got 12", message);
  }
}
