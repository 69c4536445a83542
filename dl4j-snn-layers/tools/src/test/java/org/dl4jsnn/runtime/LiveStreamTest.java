package org.dl4jsnn.runtime;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.runtime.SameAsLibrary.events;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The law of streams: pieces of any length, by frames, by events or by silence, fire the spikes of
 * one window, bit for bit.
 */
class LiveStreamTest {

  private static final int STEPS = 60;
  private static final InputType FILM =
      InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, 8, 9, 2);

  /** Networks whose layers go different ways in a stream. */
  enum Streamed {
    LEAKING(LiveStreamTest::leaking),
    WITH_BIAS(LiveStreamTest::withBias),
    POOLED(LiveStreamTest::pooled),
    BRANCHING(LiveStreamTest::branching),
    GATED(ExportedNetwork.GATED::network),
    RECURRENT(ExportedNetwork.RECURRENT::network),
    ONE_TO_ONE(ExportedNetwork.ONE_TO_ONE::network),
    ADAPTIVE(ExportedNetwork.ADAPTIVE::network),
    RESONATING(ExportedNetwork.RESONATING::network),
    REFRACTORY(ExportedNetwork.REFRACTORY::network),
    DELAYS(ExportedNetwork.DELAYS::network),
    COURSE(ExportedNetwork.COURSE::network),
    SYNAPTIC_READ_OUT(ExportedNetwork.SYNAPTIC_READ_OUT::network),
    PROGRAM(ExportedNetwork.PROGRAM::network);

    private final Supplier<NeuralNetwork> made;

    Streamed(Supplier<NeuralNetwork> made) {
      this.made = made;
    }

    byte[] file() throws IOException {
      return SameAsLibrary.bytes(RuntimeExport.inSinglePrecision(), made.get());
    }

    SpikingModel model() throws IOException {
      return SpikingModel.load(new ByteArrayInputStream(file()));
    }

    /** Without vectors, which the heap holds until the second compiler has seen a loop often. */
    SpikingStream plainStream() throws IOException {
      byte[] file = file();
      CompactModel model = ModelReader.read(new ByteArrayInputStream(file), file.length, true);
      return new SpikingStream(new Network(model, Kernels.named("plain")));
    }
  }

  /** Kernels of several widths, with and without what fills a vector; all kinds of reset. */
  private static NeuralNetwork leaking() {
    return ExportedNetwork.sequence(
        3,
        FILM,
        SpikeEncoding.frames().build(),
        new SpikingConvolution2D.Builder(3, 3)
            .padding(1, 1)
            .nOut(37)
            .threshold(0.4)
            .leak(0.9)
            .reset(Reset.bySubtraction())
            .build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
            .neuron(new SpikingNeuron(0.2, 0.8, Reset.bySubtraction(), 0.1))
            .build(),
        new SpikingConvolution2D.Builder(3, 2)
            .stride(1, 2)
            .nOut(16)
            .neuron(new SpikingNeuron(0.3, 0.95, Reset.to(-0.1), 0.6))
            .build(),
        new SpikingDense.Builder().nOut(5).threshold(0.1).leak(0.99).build(),
        Networks.softmax(5));
  }

  private static NeuralNetwork withBias() {
    MultiLayerNetwork network =
        ExportedNetwork.sequence(
            4,
            FILM,
            SpikeEncoding.frames().build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(20).hasBias(true).threshold(0.4).build(),
            new SpikingDepthwiseConvolution2D.Builder(3, 3)
                .depthMultiplier(2)
                .hasBias(true)
                .threshold(0.3)
                .leak(0.8)
                .build(),
            new SpikingDense.Builder().nOut(40).threshold(0.2).build(),
            Networks.softmax(5));
    Random random = new Random(1);
    for (String key : new String[] {"1_b", "2_b"}) {
      INDArray bias = network.getParam(key);
      for (int i = 0; i < bias.length(); i++) {
        bias.putScalar(i, 0.1 * random.nextGaussian());
      }
    }
    return network;
  }

  private static NeuralNetwork pooled() {
    return ExportedNetwork.sequence(
        5,
        FILM,
        SpikeEncoding.frames().build(),
        new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).build(),
        new SpikingConvolution2D.Builder(3, 3)
            .padding(1, 1)
            .dilation(1, 2)
            .nOut(6)
            .threshold(0.5)
            .leak(0.9)
            .build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).stride(1, 1).build(),
        new SpikingDelay.Builder().steps(0, 5, 2, 9, 1, 2).build(),
        new SpikingConvolution2D.Builder(1, 1).nOut(7).threshold(0.3).build(),
        new SpikingGlobalPooling.Builder(PoolingType.AVG).build(),
        Networks.softmax(5));
  }

  private static NeuralNetwork branching() {
    return Networks.of(
        Networks.seeded(6)
            .graphBuilder()
            .addInputs("film")
            .setInputTypes(FILM)
            .addLayer("spikes", SpikeEncoding.frames().build(), "film")
            .addLayer("stem", graded(), "spikes")
            .addLayer("first", charged(), "stem")
            .addLayer("inner", convolution(), "first")
            .addLayer("second", graded(), "inner")
            .addVertex("sum", new SpikingAdd(), "stem", "second")
            .addLayer("last", charged(), "sum")
            .addVertex("agreed", new SpikingAnd(), "last", "first")
            .addVertex("kept", new SpikingAndNot(), "first", "inner")
            .addVertex("both", new SpikingConcatenate(), "agreed", "kept", "last")
            .addLayer("all", new SpikingGlobalPooling.Builder(PoolingType.AVG).build(), "both")
            .addLayer("answer", Networks.softmax(5), "all")
            .setOutputs("answer"));
  }

  private static SpikingConvolution2D graded() {
    return new SpikingConvolution2D.Builder(3, 3)
        .padding(1, 1)
        .nOut(6)
        .neuron(new GradedNeuron())
        .build();
  }

  private static SpikingPooling2D charged() {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1).threshold(0.4).leak(0.9).build();
  }

  private static SpikingConvolution2D convolution() {
    return new SpikingConvolution2D.Builder(3, 3).padding(1, 1).nOut(6).threshold(0.5).build();
  }

  /** Counts [step][feature], many steps of which are silent, some dense. */
  private static int[][] counts(int features, long seed) {
    Random random = new Random(seed);
    int[][] counts = new int[STEPS][features];
    for (int[] step : counts) {
      double density = random.nextInt(3) == 0 ? 0 : Math.pow(random.nextDouble(), 4) * 0.6;
      for (int i = 0; i < features; i++) {
        step[i] = random.nextDouble() < density ? 1 + random.nextInt(2) * random.nextInt(2) : 0;
      }
    }
    for (int step = STEPS / 2; step < STEPS / 2 + 12; step++) {
      counts[step] = new int[features]; // a gap
    }
    return counts;
  }

  /** The features of some steps, [channels, T, positions]. */
  private static float[] frames(SpikingModel model, int[][] counts, int first, int steps) {
    int positions = model.inputShape().positions();
    float[] frames = new float[steps * counts[0].length];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < counts[0].length; i++) {
        int at = (i / positions * steps + step) * positions + i % positions;
        frames[at] = counts[first + step][i];
      }
    }
    return frames;
  }

  private static StepEvents stepEvents(SpikingModel model, int[] counts, Random random) {
    StepEvents events = model.newEvents();
    int from = random.nextInt(counts.length);
    for (int k = 0; k < counts.length; k++) { // in any order
      int feature = (from + k * 7919) % counts.length;
      if (counts.length % 7919 == 0) {
        feature = k;
      }
      if (random.nextBoolean()) {
        events.add(feature, counts[feature]);
      } else {
        for (int i = 0; i < counts[feature]; i++) {
          events.add(feature);
        }
      }
    }
    return events;
  }

  @ParameterizedTest
  @EnumSource
  void shouldFireTheSpikesOfOneWindow(Streamed streamed) throws IOException {
    SpikingModel model = streamed.model();
    for (int seed = 0; seed < 4; seed++) {
      int[][] counts = counts(model.inputShape().neurons(), seed);
      Answer whole = model.run(frames(model, counts, 0, STEPS));
      SpikingStream stream = seed % 2 == 0 ? model.stream() : streamed.plainStream();
      Random random = new Random(seed);
      for (int step = 0; step < STEPS; ) {
        int length = 1;
        Answer answer = null;
        if (random.nextInt(8) == 0) {
          SpikingStream other = model.stream();
          other.restore(stream.toBytes());
          assertArrayEquals(stream.toBytes(), other.toBytes());
          stream = other;
        }
        int silent = silent(counts, step);
        if (silent > 0 && random.nextBoolean()) {
          length = 1 + random.nextInt(silent);
          stream.skip(length);
        } else if (random.nextInt(5) == 0) {
          length = Math.min(STEPS - step, 1 + random.nextInt(5));
          answer = stream.step(frames(model, counts, step, length));
        } else if (random.nextBoolean()) {
          answer = stream.step(frames(model, counts, step, 1));
        } else if (random.nextBoolean()) {
          answer = stream.step(stepEvents(model, counts[step], random));
        } else {
          stream.advance(stepEvents(model, counts[step], random));
        }
        for (String layer : answer == null ? whole.layers().subList(0, 0) : answer.layers()) {
          assertEquals(
              events(whole.spikes(layer), 0, step, length),
              events(answer.spikes(layer), 0, 0, length),
              streamed + ", seed " + seed + ", step " + step + ": " + layer);
        }
        step += length;
        assertEquals(step, stream.steps());
      }
      if (whole.outputs().length == 5) { // not of a course
        assertArrayEquals(whole.outputs(), stream.outputsSoFar(), 1e-6f);
      }
      // What was skipped counts for what comes next.
      int[][] twice = new int[2 * STEPS][];
      System.arraycopy(counts, 0, twice, 0, STEPS);
      System.arraycopy(counts, 0, twice, STEPS, STEPS);
      Answer both = model.run(frames(model, twice, 0, 2 * STEPS));
      Answer again = stream.step(frames(model, counts, 0, STEPS));
      for (String layer : both.layers()) {
        assertEquals(
            events(both.spikes(layer), 0, STEPS, STEPS),
            events(again.spikes(layer), 0, 0, STEPS),
            streamed + ", seed " + seed + ": " + layer);
      }
    }
  }

  private static int silent(int[][] counts, int first) {
    int step = first;
    while (step < counts.length && Arrays.stream(counts[step]).sum() == 0) {
      step++;
    }
    return step - first;
  }

  /** An hour of steps of a millisecond. */
  @ParameterizedTest
  @EnumSource(names = {"LEAKING", "POOLED", "BRANCHING", "GATED", "DELAYS", "RECURRENT"})
  void shouldSkipAnHourAtOnce(Streamed streamed) throws IOException {
    SpikingModel model = streamed.model();
    SpikingStream stream = model.stream();
    SpikingStream stepped = model.stream();
    int[][] counts = counts(model.inputShape().neurons(), 9);
    Random random = new Random(2);
    for (int step = 0; step < STEPS; step++) {
      stream.advance(stepEvents(model, counts[step], random));
      stepped.advance(stepEvents(model, counts[step], random));
    }
    StepEvents none = model.newEvents();
    for (int step = 0; step < 100_000; step++) {
      stepped.advance(none);
    }
    stream.skip(100_000);
    assertArrayEquals(stepped.toBytes(), stream.toBytes());
    long start = System.nanoTime();
    stream.skip(3_600_000);
    assertTrue(System.nanoTime() - start < 50e6, "an hour took " + (System.nanoTime() - start));
    assertEquals(STEPS + 3_700_000, stream.steps());
  }

  @ParameterizedTest
  @EnumSource(names = {"LEAKING", "WITH_BIAS", "POOLED", "BRANCHING", "GATED", "DELAYS"})
  void shouldAllocateNothingThatNobodyAskedFor(Streamed streamed) throws IOException {
    SpikingModel model = streamed.model();
    SpikingStream stream = streamed.plainStream();
    int[][] counts = counts(model.inputShape().neurons(), 9);
    StepEvents[] events = new StepEvents[STEPS];
    for (int step = 0; step < STEPS; step++) {
      events[step] = stepEvents(model, counts[step], new Random(step));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < 10 * STEPS; step++) {
        stream.advance(events[step % STEPS]);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    // What the measurement itself takes.
    assertTrue(least < 600, streamed + " allocated " + least + " bytes in 600 steps");
  }

  private static final float HUGE = 2e38f;

  /** At every point that is checked, the stream stays where it was and goes on. */
  @ParameterizedTest
  @EnumSource
  void shouldStayWhereItIsAfterAFailure(Streamed streamed) throws Exception {
    SpikingModel model = streamed.model();
    int neurons = model.inputShape().neurons();
    int[][] counts = counts(neurons, 3);
    SpikingStream stream = model.stream();
    SpikingStream untouched = model.stream();
    for (int step = 0; step < 20; step++) {
      stream.step(frames(model, counts, step, 1));
      untouched.step(frames(model, counts, step, 1));
    }
    byte[] before = stream.toBytes();
    StepEvents events = model.newEvents();
    Map<String, Runnable> faults = new TreeMap<>();
    faults.put("feature below", () -> events.add(-1));
    faults.put("feature above", () -> events.add(neurons));
    faults.put("count", () -> events.add(0, -1));
    faults.put("row", () -> events.add(0, model.inputShape().height(), 0));
    faults.put("other shape", () -> stream.step(new StepEvents(FeatureShape.vector(7777))));
    faults.put("no events", () -> stream.step((StepEvents) null));
    faults.put("negative skip", () -> stream.skip(-1));
    faults.put("length", () -> stream.step(new float[neurons - 1]));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] frame = frames(model, counts, 20, 1);
      frame[neurons / 2] = bad;
      faults.put("frame of " + bad, () -> stream.step(frame));
    }
    faults.forEach(
        (name, fault) -> {
          assertThrows(IllegalArgumentException.class, fault::run, name);
          assertArrayEquals(before, stream.toBytes(), name);
        });
    float[] huge = new float[neurons];
    Arrays.fill(huge, HUGE);
    try {
      stream.step(huge);
      stream.restore(before); // a layer that bounds what it passes on
    } catch (IllegalArgumentException e) {
      assertArrayEquals(before, stream.toBytes());
    }
    for (int step = 20; step < STEPS; step++) {
      stream.step(frames(model, counts, step, 1));
      untouched.step(frames(model, counts, step, 1));
    }
    assertArrayEquals(untouched.toBytes(), stream.toBytes());
  }

  /** A file and bytes of version 0.1.0-SNAPSHOT of 3 December 2026, whose streams were values. */
  @ParameterizedTest
  @ValueSource(strings = {"leaking", "delays", "recurrent"})
  void shouldGoOnFromBytesOfAnEarlierVersion(String name) throws IOException {
    try (InputStream file = getClass().getResourceAsStream("earlier-" + name + ".snn");
        InputStream bytes = getClass().getResourceAsStream("earlier-" + name + ".stream")) {
      SpikingModel model = SpikingModel.load(file);
      SpikingStream stream = model.stream();
      byte[] position = bytes.readAllBytes();
      stream.restore(position);
      assertArrayEquals(position, stream.toBytes());
      SpikingStream other = model.stream();
      int neurons = model.inputShape().neurons();
      for (int step = 0; step < 25; step++) {
        float[] frame = new float[neurons];
        for (int i = 0; i < neurons; i++) {
          frame[i] = (i * 7 + step * 13) % 11 == 0 ? 1 : 0;
        }
        other.step(frame);
        if (step >= 20) {
          stream.step(frame);
        }
      }
      assertArrayEquals(other.toBytes(), stream.toBytes());
    }
  }

  @Test
  void shouldNameTheLayerThatFailed() throws IOException {
    SpikingStream stream = Streamed.LEAKING.model().stream();
    float[] huge = new float[2 * 8 * 9];
    Arrays.fill(huge, 3e38f);
    Throwable e = assertThrows(IllegalArgumentException.class, () -> stream.step(huge));
    assertTrue(
        e.getMessage().startsWith("layer 'layer1': membrane potentials must be finite"),
        e.getMessage());
  }

  @Test
  void shouldRefuseEventsWhereFeaturesAreEncoded() throws IOException {
    SpikingModel model =
        SameAsLibrary.model(RuntimeExport.inSinglePrecision(), ExportedNetwork.DELTA.network());
    assertMessage(
        IllegalArgumentException.class,
        "a model that takes events must be one for frames, got one of encoding DELTA. Its steps are"
            + " features: step(float...)",
        () -> model.stream().step(model.newEvents()));
  }
}
