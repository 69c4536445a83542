package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteSourceTest {

  private static final Path CAMERA = Path.of("camera");

  @TempDir private Path folder;

  private static byte[] pattern(int bytes) {
    byte[] pattern = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pattern[i] = at(i);
    }
    return pattern;
  }

  private static byte at(int offset) {
    return (byte) (offset * 31 + offset / 251);
  }

  private ByteSource source(int bytes) throws IOException {
    return new ByteSource(Files.write(folder.resolve("recording"), pattern(bytes)));
  }

  private ByteSource packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return new ByteSource(Files.write(folder.resolve("packed"), packed.toByteArray()));
  }

  @Test
  void shouldReadRecordsAcrossItsBuffer() throws IOException {
    int whole = 150_000 / 7;
    try (ByteSource source = source(whole * 7 + 3)) {
      for (int record = 0; record < whole; record++) {
        assertTrue(source.begin(7));
        assertEquals(record * 7L, source.recordStart());
        for (int i = 0; i < 7; i++) {
          assertEquals(at(record * 7 + i) & 0xFF, source.unsignedByte());
        }
        assertEquals(record * 7L + 7, source.offset());
        assertEquals(record * 7L, source.recordStart());
      }
      assertTrue(source.hasMore());
      assertFalse(source.begin(7));
      assertEquals(3, source.buffered());
      assertEquals(3, source.rest());
      assertEquals(whole * 7L, source.recordStart());
      assertTrue(source.begin(3), "as many as are left");
    }
  }

  @Test
  void shouldReadNumbersOfBothByteOrdersWithoutASign() throws IOException {
    byte[] bytes = new Bytes().bytes(254, 255, 1, 2, 3, 4, 1, 2, 3, 4, 200).toArray();
    try (ByteSource source = new ByteSource(new ByteArrayInputStream(bytes), CAMERA)) {
      assertTrue(source.begin(11));
      assertEquals(0xFFFE, source.littleEndianShort());
      assertEquals(2, source.position());
      assertEquals(0x04030201, source.littleEndianInt());
      assertEquals(6, source.position());
      assertEquals(0x01020304, source.bigEndianInt());
      assertEquals(10, source.position());
      assertEquals(1, source.buffered());
      assertEquals(200, source.unsignedByte());
      assertEquals(0, source.buffered());
    }
  }

  @Test
  void shouldLookAheadWithoutReading() throws IOException {
    try (ByteSource source = source(70_000)) {
      assertEquals(at(0) & 0xFF, source.peek(0));
      assertEquals(at(65_535) & 0xFF, source.peek(65_535));
      source.skip(65_530);
      assertEquals(65_530, source.offset());
      assertEquals(at(65_536) & 0xFF, source.peek(6));
      assertEquals(at(69_999) & 0xFF, source.peek(4469));
      assertEquals(-1, source.peek(4470));
      assertEquals(65_530, source.offset());
    }
  }

  @Test
  void shouldSkipAndReadNoMoreThanThereIs() throws IOException {
    try (ByteSource source = source(200_000)) {
      assertEquals(0, source.skip(0));
      assertEquals(70_001, source.skip(70_001));
      assertEquals(at(70_001) & 0xFF, source.peek(0));
      GrowingBytes read = new GrowingBytes(200_000);
      assertEquals(100_000, source.read(100_000, read));
      assertEquals(170_001, source.offset());
      byte[] whole = pattern(200_000);
      assertArrayEquals(
          Arrays.copyOfRange(whole, 70_001, 170_001), Arrays.copyOf(read.array(), read.size()));
      assertEquals(29_999, source.rest());
      read.clear();
      assertEquals(29_999, source.read(50_000, read));
      assertEquals(29_999, read.size());
      assertEquals(0, source.skip(1));
      assertFalse(source.hasMore());
      assertEquals(0, source.rest());
    }
  }

  @Test
  void shouldWaitForAsManyBytesAsAreNeeded() throws IOException {
    byte[] bytes = pattern(100);
    try (ByteSource source = new ByteSource(new InPieces(bytes, piece -> 3), CAMERA)) {
      assertTrue(source.begin(8));
      assertEquals(9, source.buffered());
      assertEquals(at(0) & 0xFF, source.unsignedByte());
      assertEquals(0, source.rest(), "unknown");
      assertTrue(source.isPacked() && source.hasMore());
      assertEquals(99, source.skip(200));
      assertFalse(source.hasMore());
      assertEquals(100, source.failureHere("a", "b", "c").offset());
    }
  }

  @Test
  void shouldKnowWhatIsLeftOfAFileOnly() throws IOException {
    try (ByteSource plain = source(10)) {
      assertFalse(plain.isPacked());
      assertEquals(10, plain.rest());
      plain.moveToEnd();
      assertEquals(10, plain.offset());
      assertEquals(0, plain.rest());
      assertEquals(0, plain.buffered());
      assertFalse(plain.hasMore());
      assertFalse(plain.begin(1));
      assertEquals(-1, plain.peek(0));
    }
    try (ByteSource packed = packed(pattern(10))) {
      assertTrue(packed.isPacked());
      assertEquals(0, packed.rest());
      assertTrue(packed.hasMore());
      assertEquals(10, packed.skip(11));
      assertFalse(packed.hasMore());
    }
  }

  @Test
  void shouldTreatADamagedRemainderAsMoreBytes() throws IOException {
    try (ByteSource whole = packed(pattern(100_000))) {
      byte[] bytes = Files.readAllBytes(whole.file());
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 1));
      try (ByteSource source = new ByteSource(cut)) {
        EventFormatException failure =
            assertThrows(EventFormatException.class, () -> source.skip(200_000));
        assertTrue(failure.getMessage().contains("the gzip stream must be whole, got: "));
        assertEquals(source.offset(), failure.offset(), "after what could be unpacked");
        assertTrue(source.hasMore());
      }
    }
  }

  @Test
  void shouldNameDamageOfAGzippedFile() throws IOException {
    Bytes cut = new Bytes().bytes(0x1F, 0x8B, 8, 0, 0);
    assertDamaged(cut, "its end");
    // A checksum of the header that is wrong.
    Bytes header = new Bytes().bytes(0x1F, 0x8B, 8, 2, 0, 0, 0, 0, 0, 3, 1, 1);
    assertDamaged(header, "Corrupt GZIP header");
    // A block of a type that does not exist.
    Bytes block = new Bytes().bytes(0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 7, 0);
    assertDamaged(block, "invalid block type");
  }

  private void assertDamaged(Bytes bytes, String found) throws IOException {
    Path file = Files.write(folder.resolve("damaged"), bytes.toArray());
    assertMessage(
        EventFormatException.class,
        file
            + " at byte 0: the gzip stream must be whole, got: "
            + found
            + ". Possible cause: a truncated or damaged file",
        () -> {
          try (ByteSource source = new ByteSource(file)) {
            source.begin(1);
          }
        });
  }

  @Test
  void shouldNameTheRecordTheByteAndTheCause() throws IOException {
    try (ByteSource source = source(30)) {
      source.skip(10);
      assertTrue(source.begin(8));
      source.littleEndianInt();
      Path file = source.file();
      assertEquals(folder.resolve("recording"), file);
      assertEquals(file + " at byte 10: bad", source.failure("bad").getMessage());
      assertEquals(
          file + " at byte 14: bad", source.failureAt(source.offset(), "bad").getMessage());
      assertEquals(file + " at byte 3: bad", source.failureAt(3, "bad").getMessage());
      Exception cause = new IllegalStateException("why");
      EventFormatException caused = source.failure("it must be good", 7, "luck", cause);
      assertEquals(
          file + " at byte 10: it must be good, got 7. Possible cause: luck", caused.getMessage());
      assertEquals(10, caused.offset());
      assertEquals(file.toString(), caused.file());
      assertEquals(cause, caused.getCause());
    }
  }

  @Test
  void shouldCloseItsFile() throws IOException {
    ByteSource source = source(100);
    source.close();
    assertThrows(ClosedChannelException.class, () -> source.begin(1));
  }
}
