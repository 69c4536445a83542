package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GzipTest {

  private final List<TestEvent> events = TestEvent.random(5, 20_000);

  @TempDir private Path folder;

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("recording.gz"), bytes);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "HDF5")
  void shouldReadEveryFormatCompressed(WrittenFormat format) throws IOException {
    Path file = file(gzip(format.bytes(events)));
    EventTable table = EventFiles.read(file, format.options());
    assertEquals(events, TestEvent.of(table));
    assertEquals(format.format.toString(), table.format());
  }

  @Test
  void shouldKnowWhetherMoreFollows() throws IOException {
    Path file = file(gzip(WrittenFormat.AEDAT_2.bytes(events)));
    ReadOptions all = ReadOptions.defaults().atMost(events.size());
    try (EventReader reader = EventFiles.open(file, all)) {
      reader.next(Integer.MAX_VALUE);
      assertEquals(List.of(), reader.warnings());
    }
    ReadOptions some = ReadOptions.defaults().atMost(events.size() - 1);
    try (EventReader reader = EventFiles.open(file, some)) {
      reader.next(Integer.MAX_VALUE);
      assertTrue(reader.warnings().get(0).startsWith("stopped after 19999 events, as asked"));
    }
  }

  @Test
  void shouldRefuseWhatIsCutOrDamaged() throws IOException {
    byte[] whole = gzip(WrittenFormat.AEDAT_2.bytes(events));
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      assertRefused(Arrays.copyOf(whole, 3 + random.nextInt(whole.length - 3)));
      byte[] damaged = whole.clone();
      int at = 10 + random.nextInt(whole.length - 10);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      assertRefused(damaged);
    }
  }

  private void assertRefused(byte[] bytes) throws IOException {
    Path file = file(bytes);
    // Damage may show as impossible events before the checksum is checked.
    assertBegins(EventFormatException.class, file + " at byte ", () -> EventFiles.read(file));
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    byte[] whole = gzip(WrittenFormat.AEDAT_2.bytes(events));
    Path file = file(Arrays.copyOf(whole, whole.length - 1));
    String message = refused(EventFormatException.class, () -> EventFiles.read(file));
    assertTrue(message.contains("the gzip stream must be whole, got: "), message);
    assertTrue(message.endsWith("Possible cause: a truncated or damaged file"), message);
    Path start = file(new Bytes().bytes(0x1F, 0x8B, 8, 0, 0).toArray());
    message = refused(EventFormatException.class, () -> EventFiles.read(start));
    assertTrue(message.startsWith(start + " at byte 0: the gzip stream must be whole"), message);
    Path twice = file(gzip(whole));
    message = refused(EventFormatException.class, () -> EventFiles.read(twice));
    assertTrue(message.contains("gzipped twice; unpack it first"), message);
  }
}
