package org.dl4jsnn.nir;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files that NumPy wrote: see make_arrays.py. */
class NumpyArrayTest {

  @TempDir private Path folder;

  /** All hold 0 to 5 in [2, 3], or whether they are above 2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f2",
        "f4",
        "f8",
        "f4-big",
        "f4-fortran",
        "i1",
        "i2",
        "i4",
        "i8",
        "i4-big",
        "u1",
        "u2",
        "u4",
        "u8",
        "version2"
      })
  void shouldReadWhatNumPyWrote(String name) throws IOException {
    NumpyArray array = NumpyArray.read(NirResources.path("arrays/" + name + ".npy"));
    assertArrayEquals(new int[] {2, 3}, array.shape());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, array.values());
  }

  /** The last one lies above the middle of two numbers of single precision. */
  @Test
  void shouldReadTheLargestWholeNumbers() throws IOException {
    NumpyArray large = NumpyArray.read(NirResources.path("arrays/u8-large.npy"));
    assertArrayEquals(new float[] {0x1p64f, 0x1p63f, 0x1p63f + 0x1p40f}, large.values());
  }

  @Test
  void shouldReadTruthSingleNumbersAndRows() throws IOException {
    NumpyArray truth = NumpyArray.read(NirResources.path("arrays/bool.npy"));
    assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1}, truth.values());
    NumpyArray number = NumpyArray.read(NirResources.path("arrays/number.npy"));
    assertArrayEquals(new int[0], number.shape());
    assertArrayEquals(new float[] {-1.5f}, number.values());
    NumpyArray row = NumpyArray.read(NirResources.path("arrays/row.npy"));
    assertArrayEquals(new int[] {2}, row.shape());
    assertArrayEquals(new float[] {-0.1f, 65504}, row.values(), 1e-4f);
  }

  @Test
  void shouldReadWhatItWroteAsNd4jDoes() throws IOException {
    for (int[] shape : new int[][] {{6}, {2, 3}, {1, 2, 1, 3}}) {
      Path file = folder.resolve("array.npy");
      float[] values = {1, -2, 3.5f, 4, 5, 1e-30f};
      NumpyArray.of(shape, values).write(file);
      assertArrayEquals(values, NumpyArray.read(file).values());
      assertArrayEquals(shape, NumpyArray.read(file).shape());
      INDArray theirs = Nd4j.createFromNpyFile(file.toFile());
      assertArrayEquals(Arrays.stream(shape).asLongStream().toArray(), theirs.shape());
      assertArrayEquals(values, theirs.dup('c').data().asFloat());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"complex", "text", "record"})
  void shouldRefuseOtherTypes(String name) {
    Path file = NirResources.path("arrays/" + name + ".npy");
    assertRefused(IOException.class, () -> NumpyArray.read(file), file.toString());
  }

  @Test
  void shouldRefuseOrReadChangedBytes() throws IOException {
    byte[] whole = Files.readAllBytes(NirResources.path("arrays/f4.npy"));
    Path file = folder.resolve("damaged.npy");
    for (int i = 0; i < whole.length; i++) {
      for (int change : new int[] {1, 0x20, 0x80}) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) change;
        Files.write(file, damaged);
        try {
          NumpyArray.read(file);
        } catch (IOException e) {
          assertTrue(e.getMessage().contains("damaged.npy"), e.getMessage());
        }
      }
      Files.write(file, Arrays.copyOf(whole, i));
      assertThrows(IOException.class, () -> NumpyArray.read(file));
    }
  }

  /** In a pattern that tries all ways to share out blanks, a million would take hours. */
  @Test
  @Timeout(20)
  void shouldRefuseALongHeaderAtOnce() throws IOException {
    for (int blanks : new int[] {60_000, 1_000_000}) {
      String header = "{'descr':'<f4','fortran_order':False,'shape':(1)" + " ".repeat(blanks);
      byte[] file =
          ByteBuffer.allocate(12 + header.length())
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
              .putInt(header.length())
              .put(header.getBytes(StandardCharsets.US_ASCII))
              .array();
      Path path = Files.write(folder.resolve("long.npy"), file);
      String message = assertThrows(IOException.class, () -> NumpyArray.read(path)).getMessage();
      assertTrue(message.length() < 1000, () -> "length " + message.length());
    }
  }

  @Test
  void shouldRefuseOtherNumbersOfValues() {
    assertThrows(IllegalArgumentException.class, () -> NumpyArray.of(new int[] {2, 2}, 1, 2, 3));
  }
}
