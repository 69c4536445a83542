package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWeights;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a model file holds, it is loaded or refused by {@link ModelFormatException}, in little
 * time and in memory that the file's own length bounds. {@code -Pfuzz} tries more files.
 */
class DamagedModelsTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 300);
  private static final long MOST_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);

  /** Buffers and messages. */
  private static final long FIXED_BYTES = 1 << 20;

  /** A weight of a byte becomes an integer and a number; those of integrators two numbers. */
  private static final long BYTES_A_BYTE = 24;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  private static byte[] whole(ExportedNetwork exported) throws IOException {
    RuntimeExport export =
        exported.ordinal() % 2 == 0 ? RuntimeExport.inSinglePrecision() : RuntimeExport.toBits(8);
    return SameAsLibrary.bytes(export, exported.network());
  }

  private static SpikingModel load(byte[] bytes) throws IOException {
    return SpikingModel.load(new ByteArrayInputStream(bytes));
  }

  private static ModelFormatException refused(byte[] bytes) {
    return assertThrows(ModelFormatException.class, () -> load(bytes));
  }

  /** Damage behind the header, with a checksum and a length that are right. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] body = Arrays.copyOfRange(whole, CompactWriter.HEADER, whole.length);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      // Most of a file is weights; its ends hold the numbers that matter.
      int near = random.nextBoolean() ? random.nextInt(body.length) : random.nextInt(200);
      int at = Math.min(body.length - 1, random.nextBoolean() ? near : body.length - 1 - near);
      at = Math.max(0, at);
      switch (random.nextInt(4)) {
        case 0 -> body[at] = (byte) random.nextInt();
        case 1 -> body[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> body = Arrays.copyOf(body, Math.max(1, at));
        default -> {
          int value = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt();
          for (int k = 0; k < Integer.BYTES && at + k < body.length; k++) {
            body[at + k] = (byte) (value >>> 24 - 8 * k);
          }
        }
      }
    }
    return sealed(body);
  }

  private static byte[] sealed(byte[] body) {
    CRC32 checksum = new CRC32();
    checksum.update(body);
    return ByteBuffer.allocate(CompactWriter.HEADER + body.length)
        .putLong(CompactWriter.MAGIC)
        .putShort((short) CompactWriter.VERSION)
        .putShort((short) 0)
        .putInt((int) checksum.getValue())
        .putLong(body.length)
        .put(body)
        .array();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldLoadOrRefuseWhateverAFileHolds(ExportedNetwork exported) throws IOException {
    assertLoadedOrRefused(whole(exported), exported.toString());
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldLoadOrRefuseRecurrentWeightsOfFewBits() throws IOException {
    NeuralNetwork network = ExportedNetwork.RECURRENT.network();
    assertLoadedOrRefused(SameAsLibrary.bytes(RuntimeExport.toBits(5), network), "5 bits");
    assertLoadedOrRefused(SameAsLibrary.bytes(RuntimeExport.toBits(12), network), "12 bits");
  }

  /** Files of the second release have recurrent weights in single precision beside integers. */
  @Test
  void shouldReadRecurrentWeightsInSinglePrecisionBesideIntegers() throws IOException {
    NeuralNetwork network = ExportedNetwork.RECURRENT.network();
    byte[] exported = SameAsLibrary.bytes(RuntimeExport.toBits(8), network);
    CompactModel model =
        ModelReader.read(new ByteArrayInputStream(exported), exported.length, true);
    CompactModel.Builder earlier = new CompactModel.Builder(model.encoding());
    model.parts().forEach(part -> earlier.add(withRecurrentFloats(part)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompactWriter.write(earlier.build(), out);
    assertEquals(1, out.toByteArray()[9], "version");
    float[] features = HostArrays.floats(ExportedNetwork.RECURRENT.features(1, 1));
    assertArrayEquals(
        load(exported).run(features).outputs(), load(out.toByteArray()).run(features).outputs(), 0);
  }

  private static CompactPart withRecurrentFloats(CompactPart part) {
    return part instanceof NeuronPart neurons
        ? new NeuronPart(
            neurons.name(),
            neurons.input(),
            neurons.kind(),
            neurons.window(),
            neurons.outputs(),
            neurons.weights(),
            neurons.bias(),
            neurons.recurrence(),
            CompactWeights.ofFloats(neurons.recurrentWeights().values()),
            neurons.neuron())
        : part;
  }

  private static void assertLoadedOrRefused(byte[] whole, String what) throws IOException {
    load(whole); // loads classes, which is not the reader's memory
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      byte[] damaged = damaged(whole, new Random(seed));
      String which = what + ", seed " + seed;
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long nanoseconds = THREADS.getCurrentThreadCpuTime();
      try {
        load(damaged);
      } catch (ModelFormatException e) {
        refused++;
        assertTrue(e.offset() >= 0 && e.offset() <= damaged.length, which + ": " + e);
        assertTrue(
            e.getMessage().startsWith("byte " + e.offset() + ": ")
                && e.getMessage().contains(" must ")
                && e.getMessage().contains("Possible cause: "),
            which + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(which, e);
      }
      nanoseconds = THREADS.getCurrentThreadCpuTime() - nanoseconds;
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      assertTrue(nanoseconds < MOST_NANOSECONDS, which + ": " + nanoseconds + " ns");
      assertTrue(
          bytes < FIXED_BYTES + BYTES_A_BYTE * damaged.length, which + ": " + bytes + " bytes");
    }
    assertTrue(refused > CASES / 10, "damage was found in " + refused);
    assertTrue(refused < CASES, "some damage cannot be seen");
  }

  @Test
  void shouldRefuseEveryShorterFile() throws IOException {
    byte[] whole = whole(ExportedNetwork.REFRACTORY);
    for (int length = 0; length < whole.length; length++) {
      ModelFormatException e = refused(Arrays.copyOf(whole, length));
      assertTrue(e.offset() <= length, length + " bytes: " + e.getMessage());
    }
  }

  @Test
  void shouldRefuseEveryFlippedBit() throws IOException {
    byte[] whole = whole(ExportedNetwork.REFRACTORY);
    for (int bit = 0; bit < 8 * whole.length; bit += 3) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused(flipped);
    }
  }

  @Test
  void shouldSayWhatIsWrong() throws IOException {
    byte[] whole = whole(ExportedNetwork.REFRACTORY);
    byte[] zip = whole.clone();
    zip[0] = 'P';
    assertEquals(
        "byte 0: a model must begin with 89 53 4E 4E 0D 0A 1A 0A, got 50 53 4E 4E 0D 0A 1A 0A."
            + " Possible cause: a file of another kind; RuntimeExport turns a network's zip file"
            + " into a model",
        refused(zip).getMessage());
    byte[] later = whole.clone();
    int next = CompactWriter.VERSION + 1;
    later[9] = (byte) next;
    assertEquals(
        "byte 8: version must be from 1 to %d, got %d. Possible cause: a model of a later release"
            .formatted(CompactWriter.VERSION, next),
        refused(later).getMessage());
    assertEquals(8, refused(later).offset());
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertTrue(refused(cut).getMessage().contains("truncated"), refused(cut).getMessage());
  }

  @Test
  void shouldAllowNoMoreBytesThanTheLimit() throws IOException {
    byte[] whole = whole(ExportedNetwork.REFRACTORY);
    long body = whole.length - CompactWriter.HEADER;
    SpikingModel.load(new ByteArrayInputStream(whole), body);
    ModelFormatException e =
        assertThrows(
            ModelFormatException.class,
            () -> SpikingModel.load(new ByteArrayInputStream(whole), body - 1));
    assertEquals(16, e.offset());
  }

  @Test
  void shouldReadAFileToItsEnd() throws IOException {
    byte[] whole = whole(ExportedNetwork.REFRACTORY);
    Path file = folder.resolve("model.snn");
    Files.write(file, whole);
    assertEquals(load(whole).layers(), SpikingModel.load(file).layers());
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertEquals(
        whole.length,
        assertThrows(ModelFormatException.class, () -> SpikingModel.load(file)).offset());
    // A stream may continue after the model.
    ByteArrayInputStream two = new ByteArrayInputStream(Arrays.copyOf(whole, whole.length + 1));
    SpikingModel.load(two);
    assertEquals(1, two.available());
  }

  /** A path for every choice between two inputs, of which each sum has two: 2⁶⁰. */
  @Test
  @Timeout(30)
  void shouldNotFollowEveryPathOfAModel() throws IOException {
    CompactModel.Builder sums =
        new CompactModel.Builder(
            CompactEncoding.of(CompactEncoding.Kind.FRAMES, FeatureShape.vector(2), 0, 1, 0));
    for (int i = 0; i < 60; i++) {
      sums.add(new MergePart("sum" + i, List.of(i, i), MergePart.Kind.ADD));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CompactWriter.write(sums.build(), bytes);
    assertArrayEquals(new float[] {0x1p60f, 0}, load(bytes.toByteArray()).run(1, 0).outputs(), 0);
  }
}
