package org.dl4jsnn.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.data.EventSample;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The engine as WebAssembly, under Node: the spikes of every layer are those of the JVM, bit for
 * bit.
 */
class SameSpikesTest {

  private static final int DIGITS = 1000;

  /** The lines until which samples also run step by step. */
  private static final int STEPPED = 20;

  private static final Path MODULE = Path.of("").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void shouldAnswerDigits() throws Exception {
    INDArray digits = EmbeddedDigits.test(DIGITS, DIGITS).next().getFeatures();
    Path model = folder.resolve("digits.snn");
    Files.write(model, PlaygroundFiles.model(SpikingNetworks.lenet5().pretrained()));
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < DIGITS; i++) {
      samples.add(digits.getRow(i).toFloatVector());
    }
    assertSame(expected(model, samples), answers(model, samples, List.of()));
  }

  @Test
  void shouldAnswerRecordings() throws Exception {
    EventDataSet set = EventDataSet.nMnist(MODULE.resolve(PlaygroundFiles.SIMULATED));
    INDArray frames =
        EventDataSetIterator.builder(set, set.test(), FrameOptions.of(Slicing.intoEqualParts(10)))
            .batch(PlaygroundFiles.RECORDINGS)
            .build()
            .next()
            .getFeatures();
    Path model = folder.resolve("camera.snn");
    Files.write(model, PlaygroundFiles.model(PretrainedNetworks.ofRecordedDigits()));
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < frames.size(0); i++) {
      samples.add(frames.slice(i).dup('c').ravel().toFloatVector());
    }
    assertEquals(PlaygroundFiles.RECORDINGS, samples.size());
    List<String> expected = new ArrayList<>(expected(model, samples));
    // The page counts the events of a recording as the library does.
    samples.forEach(sample -> expected.add(digest(sample)));
    List<Path> files = set.test().stream().map(EventSample::file).toList();
    assertSame(expected, answers(model, samples, files));
  }

  private static void assertSame(List<String> expected, List<String> answers) {
    assertEquals(expected.size(), answers.size());
    for (int line = 0; line < expected.size(); line++) {
      assertEquals(expected.get(line), answers.get(line), "line " + line);
    }
  }

  private static List<String> expected(Path file, List<float[]> samples) throws IOException {
    SpikingModel model = SpikingModel.load(file);
    List<String> lines = new ArrayList<>();
    for (float[] sample : samples) {
      Answer answer = model.run(sample);
      String line =
          answer.decision()
              + " "
              + answer.steps()
              + answer.layers().stream()
                  .map(layer -> " " + digest(amplitudes(answer.spikes(layer))))
                  .collect(Collectors.joining());
      lines.add(line);
      if (lines.size() <= STEPPED) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Amplitudes [T, neurons in array order]. */
  private static float[] amplitudes(SpikeTrain train) {
    int neurons = train.shape().neurons();
    float[] amplitudes = new float[train.steps() * neurons];
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int step = 0; step < train.steps(); step++) {
      train.read(0, step, events);
      for (int e = 0; e < events.size(); e++) {
        amplitudes[step * neurons + train.shape().arrayIndex(events.neuron(e))] =
            events.amplitude(e);
      }
    }
    return amplitudes;
  }

  private static ByteBuffer bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static String digest(float... values) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(values).array());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What Node prints. */
  private List<String> answers(Path model, List<float[]> samples, List<Path> recordings)
      throws IOException, InterruptedException {
    Path input = folder.resolve("samples.bin");
    int length = samples.get(0).length;
    ByteBuffer all =
        ByteBuffer.allocate(Integer.BYTES * (1 + samples.size() * length))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(length);
    samples.forEach(sample -> all.put(bytes(sample).array()));
    Files.write(input, all.array());
    String node = System.getProperty("playground.node", "node");
    Path log = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Stream.of(
                        node,
                        MODULE.resolve("src/test/node/answer.cjs"),
                        MODULE.resolve("target/playground"),
                        model,
                        input,
                        recordings.stream().map(Path::toString).collect(Collectors.joining(",")))
                    .map(Object::toString)
                    .toList())
            .redirectError(log.toFile())
            .start();
    List<String> lines;
    try (var out = process.inputReader()) {
      lines = out.lines().toList();
    }
    assertTrue(
        process.waitFor() == 0,
        () -> node + " failed; it must be of version 22 or later. " + read(log));
    return lines;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
