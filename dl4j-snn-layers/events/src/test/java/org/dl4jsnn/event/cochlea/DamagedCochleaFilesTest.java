package org.dl4jsnn.event.cochlea;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4jsnn.event.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a file has, it is read, or refused by the one exception. */
class DamagedCochleaFilesTest implements Damage {

  private static final int CASES = Integer.getInteger("fuzz.cases", 300);

  /** "TREE": the first bytes of a node, before its type (0: names) and its level. */
  private static final int TREE = 0x45455254;

  /** Where a node's first child is. */
  private static final int CHILD = 32;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"like-shd.h5", "doubles-packed.h5", "latest.h5"})
  void shouldRefuseOrReadChangedBytes(String name) throws IOException {
    assertRefusedOrRead(Files.readAllBytes(CochleaFiles.path(name)), name, CASES);
  }

  @Test
  void shouldRefuseOrReadChangedBytesOfSpikesThatFollowOneAnother() throws IOException {
    Path flat = CochleaFiles.flat(folder.resolve("flat.h5"), 3, 3, 8, 14, 21, 29);
    assertRefusedOrRead(Files.readAllBytes(flat), "flat", CASES);
  }

  @Test
  void shouldRefuseAFileWithoutItsSecondHalf() throws IOException {
    assertRefusedWithoutHalf(Files.readAllBytes(CochleaFiles.path("like-shd.h5")));
  }

  /** Every inner node of the tree of names is its own child. */
  @Test
  void shouldRefuseATreeThatContainsItself() throws IOException {
    byte[] bytes = Files.readAllBytes(CochleaFiles.path("like-shd.h5"));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int trees = 0;
    for (int at = 0; at + CHILD + Long.BYTES <= bytes.length; at++) {
      boolean isTree = file.getInt(at) == TREE && file.get(at + Integer.BYTES) == 0;
      if (isTree) {
        file.put(at + Integer.BYTES + 1, (byte) 1);
        file.putLong(at + CHILD, at);
        trees++;
      }
    }
    assertTrue(trees > 0, "trees");
    assertTrue(isRefused(bytes, "a tree that contains itself"));
  }

  @Override
  public boolean isRefused(byte[] bytes, String what) throws IOException {
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
