package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dl4jsnn.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that numpy wrote. */
class EsImageNetDecoderTest {

  @TempDir private Path folder;

  private static List<TestEvent> expected() {
    List<TestEvent> expected = new ArrayList<>();
    for (int step = 1; step <= 8; step++) {
      for (boolean on : new boolean[] {true, false}) {
        for (int i = step - 1; i < MadeEvents.COUNT; i += 8) {
          if (on == (i % 3 == 0)) {
            expected.add(new TestEvent(7 * i % 34, 11 * i % 30, step, on));
          }
        }
      }
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps.npz", "steps-packed.npz"})
  void shouldPutBothArraysInOrderOfTheirSteps(String name) throws IOException {
    Path file = MadeEvents.copy(folder, name);
    assertEquals(expected(), TestEvent.of(EventFiles.read(file)));
    List<TestEvent> pieces = new ArrayList<>();
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      for (EventTable piece = reader.next(7); piece.size() > 0; piece = reader.next(7)) {
        pieces.addAll(TestEvent.of(piece));
      }
    }
    assertEquals(expected(), pieces);
  }

  @Test
  void shouldRefuseOtherArchivesAndThoseThatAreCut() throws IOException {
    assertRefused(MadeEvents.copy(folder, "other.npz"), "a zip archive; unpack it first");
    byte[] whole = Files.readAllBytes(MadeEvents.copy(folder, "steps.npz"));
    for (int cut : new int[] {1, 30, whole.length / 2, whole.length - 50}) {
      byte[] rest = Arrays.copyOf(whole, whole.length - cut);
      assertRefused(
          Files.write(folder.resolve("cut.npz"), rest), "it must be a NumPy archive of pos.npy");
    }
  }

  private Path archive(String positive, byte[] of, String negative) throws IOException {
    return archive(positive, of, negative, new byte[0]);
  }

  private Path archive(String positive, byte[] of, String negative, byte[] ofNegative)
      throws IOException {
    Path file = folder.resolve("arrays.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("pos.npy"));
      zip.write(NumpyBytes.prefixed(positive).raw(of).toArray());
      zip.putNextEntry(new ZipEntry("neg.npy"));
      zip.write(NumpyBytes.prefixed(negative).raw(ofNegative).toArray());
    }
    return file;
  }

  private static String text(String type, String order, String shape) {
    return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  }

  private static final String NONE = text("<i2", "False", "(0, 3)");

  @Test
  void shouldReadNumbersOfEveryKind() throws IOException {
    List<TestEvent> expected = List.of(new TestEvent(200, 5, 8, true));
    byte[] single = {5, (byte) 200, 8};
    byte[] big = {0, 0, 0, 5, 0, 0, 0, (byte) 200, 0, 0, 0, 8};
    byte[] little = {5, 0, (byte) 200, 0, 8, 0};
    String one = "(1, 3)";
    for (Path file :
        List.of(
            archive(text("|u1", "False", one), single, NONE),
            archive(text(">i4", "False", one), big, NONE),
            archive(text("<u2", "False", one), little, NONE))) {
      assertEquals(expected, TestEvent.of(EventFiles.read(file)));
    }
  }

  @Test
  void shouldRefuseEventsOffEverySensor() throws IOException {
    byte[] signed = {5, (byte) 200, 8};
    assertRefused(archive(text("|i1", "False", "(1, 3)"), signed, NONE), "got (-56, 5)");
    String bytes = text("|i1", "False", "(1, 3)");
    assertRefused(archive(bytes, new byte[] {1, 2, 3}, bytes, signed), "got (-56, 5)");
    byte[] wide = {5, 0, 0, (byte) 128, 8, 0};
    assertRefused(archive(text("<u2", "False", "(1, 3)"), wide, NONE), "got (32768, 5)");
  }

  @Test
  void shouldRefuseMoreEventsThanEightStepsHave() throws IOException {
    int most = 8 << 16;
    byte[] zeros = new byte[3 * (most + 1)];
    assertRefused(
        archive(text("|u1", "False", "(" + (most + 1) + ", 3)"), zeros, NONE),
        "at most 524288 events");
  }

  @Test
  void shouldRefuseOtherArrays() throws IOException {
    String shape = "a shape [events, 3] that fits its bytes is needed";
    for (String other : List.of("(3,)", "(1, 2)", "(2, 3)", "(1, 4)", "(0, 3)", "(1, 3, 1)")) {
      assertRefused(archive(text("|u1", "False", other), new byte[3], NONE), shape);
    }
    String numbers = "whole numbers in C order are needed, not ";
    assertRefused(archive(text("|u1", "True", "(1, 3)"), new byte[3], NONE), numbers + "|u1");
    assertRefused(archive(text("<f4", "False", "(1, 3)"), new byte[12], NONE), numbers + "<f4");
  }

  @Test
  void shouldRefuseArraysThatNoImageHas() throws IOException {
    Path file = folder.resolve("zeros.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : List.of("pos.npy", "neg.npy")) {
        zip.putNextEntry(new ZipEntry(name));
        int events = 6_000_000;
        String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + events + ", 3), }";
        zip.write(NumpyBytes.prefixed(text).toArray());
        byte[] row = new byte[3 * 1000];
        for (int i = 0; i < events; i += 1000) {
          zip.write(row);
        }
        zip.closeEntry();
      }
    }
    assertTrue(Files.size(file) < 100_000, "a small file: " + Files.size(file));
    assertRefused(file, "more than 16777216 bytes");
  }

  private static void assertRefused(Path file, String expected) {
    Messages.assertRefused(EventFormatException.class, () -> EventFiles.read(file), expected);
  }
}
