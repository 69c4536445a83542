package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames packed by the reference program (make_lz4.py), whole and damaged. */
class Lz4FrameTest {

  private static final int LENGTH = 200_000;
  private static final int CASES = Integer.getInteger("fuzz.cases", 300);

  private static byte[] content() {
    byte[] content = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      content[i] = (byte) (i % 100 * 7 + i / 4096 + (i % 997 == 0 ? 1 : 0));
    }
    return content;
  }

  private static byte[] frame(String name) throws IOException {
    try (InputStream in = Lz4FrameTest.class.getResourceAsStream("/lz4/" + name + ".lz4")) {
      return in.readAllBytes();
    }
  }

  private static byte[] unpacked(byte[] frame) throws ZipException {
    GrowingBytes bytes = new GrowingBytes(2 * LENGTH);
    Lz4Frame.unpack(frame, frame.length, bytes);
    return Arrays.copyOf(bytes.array(), bytes.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"linked", "independent", "checksums"})
  void shouldUnpackWhatTheReferenceProgramPacked(String name) throws IOException {
    assertArrayEquals(content(), unpacked(frame(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linked", "independent", "checksums"})
  void shouldUnpackOrRefuseWhateverAFrameHolds(String name) throws IOException {
    byte[] whole = frame(name);
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] damaged =
          Arrays.copyOf(
              whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int i = random.nextInt(5); i >= 0 && damaged.length > 0; i--) {
        int reach = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 50);
        damaged[random.nextInt(reach)] = (byte) random.nextInt();
      }
      try {
        assertTrue(unpacked(damaged).length <= 2 * LENGTH);
      } catch (ZipException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError(name + ", seed " + seed, e);
      }
    }
    assertTrue(refused > CASES / 3, refused + " refused");
  }

  @Test
  void shouldSeeDamageByChecksums() throws IOException {
    byte[] whole = frame("checksums");
    for (int at = 0; at < whole.length; at += 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      assertThrows(ZipException.class, () -> unpacked(damaged), "byte " + at);
    }
  }

  @Test
  void shouldRefuseContentThatIsTooLarge() throws IOException {
    byte[] frame = frame("linked");
    GrowingBytes bytes = new GrowingBytes(LENGTH - 1);
    assertMessage(
        ZipException.class,
        "more than " + (LENGTH - 1) + " bytes",
        () -> Lz4Frame.unpack(frame, frame.length, bytes));
  }

  @Test
  void shouldPackBlocksThatDoNotShrinkAsTheyAre() throws IOException {
    byte[] content = new byte[Lz4Frame.LARGEST_BLOCK + 10];
    new Random(1).nextBytes(content);
    ByteBuffer frame = Lz4Frame.pack(content);
    GrowingBytes bytes = new GrowingBytes(content.length);
    Lz4Frame.unpack(frame.array(), frame.limit(), bytes);
    assertArrayEquals(content, Arrays.copyOf(bytes.array(), bytes.size()));
  }
}
