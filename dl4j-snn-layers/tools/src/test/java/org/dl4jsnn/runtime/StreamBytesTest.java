package org.dl4jsnn.runtime;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.runtime.SameAsLibrary.events;
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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.Messages;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.SealedBody;
import org.dl4jsnn.model.StreamState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream goes on from its bytes in another process as it would have gone on itself. */
class StreamBytesTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 300);

  /** Networks as files; some of them train before. */
  private static final Map<ExportedNetwork, byte[]> FILES = new EnumMap<>(ExportedNetwork.class);

  private static SpikingModel runtime(ExportedNetwork exported) throws IOException {
    byte[] file = FILES.get(exported);
    if (file == null) {
      file = SameAsLibrary.bytes(RuntimeExport.inSinglePrecision(), exported.network());
      FILES.put(exported, file);
    }
    return SpikingModel.load(new ByteArrayInputStream(file));
  }

  private static float[] piece(ExportedNetwork exported, int seed) {
    return HostArrays.floats(exported.features(1, seed));
  }

  private static byte[] after(ExportedNetwork exported, SpikingStream stream) {
    stream.step(piece(exported, 20));
    stream.step(piece(exported, 21));
    return stream.toBytes();
  }

  @ParameterizedTest
  @EnumSource
  void shouldFireTheSameSpikesAfterwards(ExportedNetwork exported) throws IOException {
    SpikingStream stream = runtime(exported).stream();
    byte[] bytes = after(exported, stream);
    SpikingStream other = runtime(exported).stream();
    other.step(piece(exported, 30)); // forgotten
    other.restore(bytes);
    assertEquals(stream.steps(), other.steps());
    assertArrayEquals(stream.outputsSoFar(), other.outputsSoFar(), 0);
    assertArrayEquals(bytes, other.toBytes());

    Answer expected = stream.step(piece(exported, 22));
    Answer answer = other.step(piece(exported, 22));
    for (String layer : expected.layers()) {
      assertEquals(
          events(expected.spikes(layer), 0, 0, expected.steps()),
          events(answer.spikes(layer), 0, 0, expected.steps()),
          layer);
    }
    assertArrayEquals(expected.outputs(), answer.outputs(), 0);
    assertArrayEquals(stream.outputsSoFar(), other.outputsSoFar(), 0);
    assertArrayEquals(stream.toBytes(), other.toBytes());
  }

  /** The library's state does the same for {@code rnnTimeStep}. */
  @ParameterizedTest
  @EnumSource(names = {"IMAGES", "RECURRENT", "ONE_TO_ONE", "GATED", "DELTA", "DELAYS", "PROGRAM"})
  void shouldGoOnAsTheLibraryDoes(ExportedNetwork exported) throws IOException {
    SpikingStream stream = runtime(exported).stream();
    stream.restore(after(exported, runtime(exported).stream()));
    NeuralNetwork before = exported.network();
    Networks.step(before, exported.features(1, 20));
    Networks.step(before, exported.features(1, 21));
    NeuralNetwork network = exported.network();
    StreamState.of(before).restore(network);
    assertArrayEquals(
        HostArrays.floats(Networks.step(network, exported.features(1, 22))),
        stream.step(piece(exported, 22)).outputs(),
        1e-6f);
  }

  @Test
  void shouldGoBackToRest() throws IOException {
    SpikingStream stream = runtime(ExportedNetwork.RECURRENT).stream();
    byte[] rest = stream.toBytes();
    float[] first = stream.step(piece(ExportedNetwork.RECURRENT, 1)).outputs();
    stream.restore(rest);
    assertEquals(0, stream.steps());
    assertThrows(IllegalStateException.class, stream::outputsSoFar);
    assertArrayEquals(first, stream.step(piece(ExportedNetwork.RECURRENT, 1)).outputs(), 0);
  }

  /** A membrane takes four bytes, a delayed spike a bit. */
  @Test
  void shouldBeSmall() throws IOException {
    // Names, 60 numbers of 4 bytes, the integrators' 10 of 8 bytes.
    assertTrue(length(ExportedNetwork.RECURRENT) < 450, length(ExportedNetwork.RECURRENT) + "");
    // 13 membranes of 4 bytes, rates of 9 neurons, 6 · 1 + 4 · 3 bits.
    assertTrue(length(ExportedNetwork.DELAYS) < 250, length(ExportedNetwork.DELAYS) + "");
  }

  private static int length(ExportedNetwork exported) throws IOException {
    return after(exported, runtime(exported).stream()).length;
  }

  @Test
  void shouldRefuseDamagedBytesAndStayWhereItIs() throws IOException {
    SpikingModel model = runtime(ExportedNetwork.DELAYS);
    byte[] bytes = after(ExportedNetwork.DELAYS, model.stream());
    SpikingStream stream = model.stream();
    stream.step(piece(ExportedNetwork.DELAYS, 1));
    byte[] before = stream.toBytes();
    for (int length = 0; length <= bytes.length + 1; length++) {
      if (length != bytes.length) {
        byte[] cut = Arrays.copyOf(bytes, length);
        ModelFormatException e =
            assertThrows(ModelFormatException.class, () -> stream.restore(cut));
        assertTrue(e.offset() <= length, e.getMessage());
      }
    }
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(ModelFormatException.class, () -> stream.restore(flipped), "bit " + bit);
    }
    assertArrayEquals(before, stream.toBytes());
  }

  /** Checksums say nothing about bytes that somebody made up. */
  @ParameterizedTest
  @EnumSource
  void shouldTakeOrRefuseWhateverBytesHold(ExportedNetwork exported) throws IOException {
    SpikingModel model = runtime(exported);
    byte[] bytes = after(exported, model.stream());
    byte[] body = Arrays.copyOfRange(bytes, SealedBody.HEADER, bytes.length);
    float[] features = piece(exported, 22);
    int refused = 0;
    for (int seed = 0; seed < CASES / 10; seed++) {
      byte[] damaged = sealed(damaged(body, new Random(seed)));
      SpikingStream stream = model.stream();
      try {
        stream.restore(damaged);
        stream.step(features);
      } catch (ModelFormatException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("byte " + e.offset() + ": "), e.getMessage());
      } catch (IllegalArgumentException e) {
        refused++; // membranes that exceed single precision
      } catch (RuntimeException | Error e) {
        throw new AssertionError(exported + ", seed " + seed, e);
      }
    }
    assertTrue(refused > 0, "no damage was found");
  }

  private static byte[] damaged(byte[] body, Random random) {
    byte[] damaged = body.clone();
    int at = random.nextInt(body.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] = (byte) random.nextInt();
      case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> damaged = Arrays.copyOf(damaged, at);
      default -> {
        for (int i = at; i < Math.min(body.length, at + Integer.BYTES); i++) {
          damaged[i] = (byte) (i == at ? 0x7F : 0xFF);
        }
      }
    }
    return damaged;
  }

  private static byte[] sealed(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SealedBody.write(StreamWriter.MAGIC, StreamWriter.VERSION, body, out);
    return out.toByteArray();
  }

  /** A bit of the bytes would become a reading of four. */
  @Test
  void shouldRefuseACourseOfMoreStepsThanTheStreamHad() throws IOException {
    SpikingStream stream = runtime(ExportedNetwork.COURSE).stream();
    byte[] bytes = after(ExportedNetwork.COURSE, stream);
    int readings = stream.outputsSoFar().length;
    int outputs = readings / (int) (stream.steps() / 2);
    int most = outputs * (int) stream.steps();
    byte[] whole = withLast(bytes, readings, ByteBuffer.allocate(5 + (most + 7) / 8), 0, most);
    stream.restore(whole);
    int more = most + outputs;
    assertRefused(
        ExportedNetwork.COURSE,
        withLast(bytes, readings, ByteBuffer.allocate(5 + (more + 7) / 8), 0, more),
        "readings must be " + outputs + " for each of 1 to " + stream.steps() + " steps, got");
    assertRefused(
        ExportedNetwork.COURSE,
        withLast(bytes, readings, ByteBuffer.allocate(5 + (most + 7) / 8), 0, most - 1),
        "readings must be ");
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0.5f})
  void shouldRefuseCountsThatNoNeuronHas(float count) throws IOException {
    byte[] bytes = after(ExportedNetwork.DELAYS, runtime(ExportedNetwork.DELAYS).stream());
    ByteBuffer counts = ByteBuffer.allocate(5 + 9 * 4);
    counts.putFloat(5, count);
    assertRefused(
        ExportedNetwork.DELAYS,
        withLast(bytes, 9, counts, 1, 9),
        "spikes so far must be whole numbers of at least 0, got " + count);
  }

  /** A state whose last numbers are others. */
  private static byte[] withLast(byte[] bytes, int old, ByteBuffer last, int form, int count)
      throws IOException {
    last.put(0, (byte) form).putInt(1, count);
    int from = -1;
    for (int length : new int[] {(old + 7) / 8, 4 * old, 8 * old}) {
      int at = bytes.length - 5 - length;
      from = at > 0 && ByteBuffer.wrap(bytes).getInt(at + 1) == old ? at : from;
    }
    assertTrue(from > 0, "last numbers");
    byte[] body = Arrays.copyOfRange(bytes, SealedBody.HEADER, from + last.capacity());
    System.arraycopy(last.array(), 0, body, from - SealedBody.HEADER, last.capacity());
    return sealed(body);
  }

  /** Lines of ordinary spikes take a bit each on the way, too. */
  @Test
  void shouldStoreLongDelaysInLittleMemory() throws IOException {
    int neurons = 300;
    SpikingModel model =
        SpikingModel.load(
            new ByteArrayInputStream(
                SameAsLibrary.bytes(
                    RuntimeExport.inSinglePrecision(),
                    ExportedNetwork.sequence(
                        3,
                        InputType.recurrent(neurons, 2),
                        SpikeEncoding.frames().build(),
                        new SpikingDelay.Builder().steps(20_000).build(),
                        new SpikingDense.Builder().nOut(2).build(),
                        Networks.softmax(2)))));
    SpikingStream stream = model.stream();
    float[] features = new float[2 * neurons];
    features[3] = 1;
    stream.step(features);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    byte[] bytes = stream.toBytes();
    SpikingStream other = model.stream();
    other.restore(bytes);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes.length < 760_000, bytes.length + " bytes");
    assertTrue(allocated < 12_000_000, allocated + " bytes"); // the numbers alone are 48 MB
    assertArrayEquals(bytes, other.toBytes());
  }

  @Test
  void shouldRefuseTheStateOfAnotherModel() throws IOException {
    byte[] bytes = after(ExportedNetwork.RECURRENT, runtime(ExportedNetwork.RECURRENT).stream());
    assertRefused(
        ExportedNetwork.DELAYS,
        bytes,
        "the number of layers must be 5, got 4. Possible cause: the state of another model");
    byte[] fifteen =
        after(ExportedNetwork.REFRACTORY, runtime(ExportedNetwork.REFRACTORY).stream());
    assertRefused(
        ExportedNetwork.TUNED_FRAMES,
        fifteen,
        " must be 10 by the model's layers, got 15. Possible cause: the state of another model");
    SpikingStream residual = runtime(ExportedNetwork.RESIDUAL).stream();
    assertRefused(ExportedNetwork.RECURRENT, residual.toBytes(), "the state of another model");
  }

  private static void assertRefused(ExportedNetwork exported, byte[] bytes, String message)
      throws IOException {
    SpikingStream stream = runtime(exported).stream();
    Messages.assertRefused(ModelFormatException.class, () -> stream.restore(bytes), message);
  }

  @Test
  void shouldSayWhatOtherBytesAre() throws IOException {
    SpikingStream stream = runtime(ExportedNetwork.DELAYS).stream();
    assertMessage(
        ModelFormatException.class,
        "byte 0: a state of a stream must begin with 89 53 4E 54 0D 0A 1A 0A, got"
            + " 00 00 00 00 00 00 00 00. Possible cause: bytes that SpikingStream.toBytes did not"
            + " make",
        () -> stream.restore(new byte[30]));
  }
}
