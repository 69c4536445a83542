package org.dl4jsnn.event.cochlea;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a file has, it is read, or refused by the one exception. */
class DamagedCochleaFilesTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 300);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"like-shd.h5", "doubles-packed.h5", "latest.h5"})
  void shouldRefuseOrReadChangedBytes(String name) throws IOException {
    byte[] whole = Files.readAllBytes(CochleaFiles.path(name));
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      byte[] damaged = whole.clone();
      Random random = new Random(seed);
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      refused += isRefused(damaged, name + ", seed " + seed) ? 1 : 0;
    }
    assertTrue(refused > CASES / 100, refused + " of " + CASES + " refused");
  }

  @Test
  void shouldRefuseAFileWithoutItsSecondHalf() throws IOException {
    byte[] whole = Files.readAllBytes(CochleaFiles.path("like-shd.h5"));
    for (int length = 0; length < whole.length / 2; length += 509) {
      assertTrue(isRefused(Arrays.copyOf(whole, length), length + " bytes"), length + " bytes");
    }
    assertFalse(isRefused(whole, "whole"));
  }

  private boolean isRefused(byte[] bytes, String what) throws IOException {
    Path path = folder.resolve("damaged.h5");
    Files.write(path, bytes);
    try (CochleaFile file = CochleaFile.open(path)) {
      for (CochleaSample sample : file.samples()) {
        file.read(sample);
      }
      return false;
    } catch (CochleaFileException e) {
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + ": " + e, e);
    }
  }
}
