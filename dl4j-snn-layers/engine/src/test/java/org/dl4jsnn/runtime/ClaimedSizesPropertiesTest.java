package org.dl4jsnn.runtime;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.compact.AccumulationPart;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWeights;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.internal.encode.LatencyCode;
import org.dl4jsnn.internal.encode.LatencyTiming;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.internal.kernel.PlainKernels;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.property.Tries;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A small file may claim any delay, number of steps and size of a layer: the memory is in
 * proportion to what is there, or the sizes are refused before memory is allocated.
 */
@AddLifecycleHook(Tries.class)
class ClaimedSizesPropertiesTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int HEAP = 8 << 20;

  /** Arrays of a pass become garbage, as those of a list that grows. */
  private static final int MOST_ALLOCATED = 3 * HEAP;

  private static final int MOST_WEIGHTS = 50_000;

  private static SpikingModel loaded(CompactModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CompactWriter.write(model, bytes);
    return SpikingModel.load(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static SpikingModel delaying(FeatureShape shape, int... delays) throws IOException {
    CompactModel.Builder model =
        new CompactModel.Builder(CompactEncoding.of(CompactEncoding.Kind.FRAMES, shape, 0, 1, 0));
    model.add(DelayPart.of("delay", 0, delays));
    return loaded(model.build());
  }

  private static float[] frames(FeatureShape shape, int steps, boolean areGraded, Random random) {
    float[] frames = new float[shape.neurons() * steps];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = random.nextInt(3) > 0 ? 0 : areGraded ? random.nextFloat() : 1;
    }
    return frames;
  }

  @Property(tries = 100)
  void shouldHoldOfALongDelayWhatArrived(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int longest,
      @ForAll @IntRange(max = 5) int pieces,
      @ForAll boolean isImage,
      @ForAll boolean areGraded,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    FeatureShape shape =
        isImage ? FeatureShape.image(3, 5, 7) : FeatureShape.vector(1 + random.nextInt(200));
    int[] delays = new int[random.nextBoolean() ? 1 : shape.neurons()];
    Arrays.setAll(delays, i -> random.nextBoolean() ? random.nextInt(9) : longest);
    delays[0] = longest;
    SpikingModel model = delaying(shape, delays);
    SpikingStream stream = model.stream();
    SpikingStream other = model.stream();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int steps = 0;
    for (int piece = 0; piece < pieces; piece++) {
      int more = 1 + random.nextInt(4);
      stream.step(frames(shape, more, areGraded, random));
      steps += more;
      other.restore(stream.toBytes());
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long arrived = (1L + pieces) * (1 + steps) * shape.neurons();
    assertTrue(allocated < (4 << 20) + 200 * arrived, allocated + " bytes for " + arrived);
    assertArrayEquals(stream.toBytes(), other.toBytes());
    float[] next = frames(shape, 12, areGraded, random);
    assertArrayEquals(stream.step(next).outputs(), other.step(next).outputs(), 0);
    assertEquals(pieces == 0 ? 12 : steps + 12, other.steps());
  }

  /** A state of few bits may be that of many neurons. */
  @Example
  void shouldRefuseAStateThatTheHeapCannotHold() throws IOException {
    int neurons = CompactModel.MOST_NEURONS;
    CompactModel.Builder model =
        new CompactModel.Builder(
            CompactEncoding.of(
                CompactEncoding.Kind.FRAMES, FeatureShape.image(1, 1, neurons), 0, 1, 0));
    model.add(new PoolingPart("pool", 0, PoolingPart.Kind.GATED, null));
    assertBegins(
        "neurons must be few enough for memory, got ",
        () -> new PassMemory(HEAP).requireStates(model.build()));
  }

  @Property(tries = 300)
  void shouldFitTheHeapOrBeRefused(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    CompactModel model = model(random);
    Network network = new Network(model, new PlainKernels());
    int neurons = model.encoding().features().neurons();
    boolean hasTime = model.encoding().kind().hasTimeAxis();
    float[] features = frames(FeatureShape.vector(neurons), hasTime ? 3 : 1, true, random);
    boolean isStream = random.nextBoolean();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    String what = model.encoding() + " " + model.parts();
    try {
      Pass pass = new Pass(network, SavedStream.AT_REST, isStream, new PassMemory(HEAP));
      pass.run(features);
      if (isStream) {
        StreamWriter.bytes(network, pass.end());
      }
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("must be"), what + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_ALLOCATED, allocated + " bytes: " + what);
  }

  /** Up to four parts, some of which do not fit and are left out. */
  private static CompactModel model(Random random) {
    CompactModel.Builder model = null;
    while (model == null) {
      try {
        model = new CompactModel.Builder(encoding(random));
      } catch (IllegalArgumentException | ArithmeticException e) {
        continue; // another one
      }
    }
    int parts = 0;
    for (int attempt = 0; attempt < 30 && parts < 4; attempt++) {
      try {
        CompactPart part = part("part" + parts, model, random);
        model.add(part);
        parts++;
      } catch (IllegalArgumentException | ArithmeticException e) {
        continue; // does not fit
      }
    }
    if (parts == 0) {
      model.add(new MergePart("sum", List.of(0, 0), MergePart.Kind.ADD));
    }
    return model.build();
  }

  /** A size: mostly small, sometimes anything. */
  private static int size(Random random, int most) {
    int bits = random.nextInt(32 - Integer.numberOfLeadingZeros(most));
    return 1 + random.nextInt(Math.min(most, random.nextInt(3) > 0 ? 5 : 1 << bits));
  }

  private static CompactEncoding encoding(Random random) {
    CompactEncoding.Kind[] kinds = CompactEncoding.Kind.values();
    CompactEncoding.Kind kind = kinds[random.nextInt(kinds.length)];
    FeatureShape shape =
        random.nextBoolean()
            ? FeatureShape.vector(size(random, 2000))
            : FeatureShape.image(size(random, 20), size(random, 100), size(random, 100));
    int steps = random.nextInt(5) > 0 ? size(random, 1000) : size(random, 1 << 24);
    boolean isPopulation = random.nextInt(4) == 0;
    return new CompactEncoding(
        kind,
        shape,
        kind.hasTimeAxis() ? 0 : steps,
        1,
        0,
        kind == CompactEncoding.Kind.LATENCY
            ? new LatencyCode(size(random, 1000), LatencyTiming.LINEAR, 1, 0, 1)
            : null,
        kind == CompactEncoding.Kind.DELTA ? 0.01 : 0,
        isPopulation ? new TunedResponses(2 + size(random, 1 << 20), 0, 1, 1.5) : null);
  }

  private static CompactPart part(String name, CompactModel.Builder model, Random random) {
    int input = random.nextInt(model.places());
    FeatureShape shape = model.spikes(input);
    boolean same = random.nextInt(3) == 0;
    Window2D window = new Window2D(axis(same, random), axis(same, random));
    return switch (random.nextInt(7)) {
      case 0, 1 -> neurons(name, input, shape, window, random);
      case 2 -> {
        PoolingPart.Kind[] kinds = PoolingPart.Kind.values();
        boolean isGlobal = random.nextInt(4) == 0;
        Window2D plain = new Window2D(plain(window.rows()), plain(window.columns()));
        yield new PoolingPart(
            name, input, kinds[random.nextInt(kinds.length)], isGlobal ? null : plain);
      }
      case 3 -> DelayPart.of(name, input, size(random, Integer.MAX_VALUE));
      case 4 -> {
        List<Integer> inputs = new ArrayList<>();
        int count = size(random, 1000);
        for (int i = 0; i < count; i++) {
          inputs.add(input);
        }
        MergePart.Kind[] kinds = MergePart.Kind.values();
        yield new MergePart(name, inputs, kinds[random.nextInt(kinds.length)]);
      }
      case 5 -> new AccumulationPart(name, input);
      default -> {
        if (random.nextInt(3) > 0) {
          yield new ReadOutPart(
              name,
              input,
              new float[0],
              new float[0],
              shape.neurons(),
              ReadOutPart.Activation.SOFTMAX,
              1);
        }
        int outputs = size(random, 100);
        MembraneReadOut[] reads = MembraneReadOut.values();
        yield new IntegratorPart(
            name,
            input,
            values(shape.neurons() * (long) outputs, random),
            new float[0],
            outputs,
            IntegratorDecays.of(0.9),
            reads[random.nextInt(reads.length)]);
      }
    };
  }

  private static NeuronPart neurons(
      String name, int input, FeatureShape shape, Window2D window, Random random) {
    SynapseKind[] kinds = SynapseKind.values();
    SynapseKind kind = kinds[random.nextInt(kinds.length)];
    Window2D of = kind == SynapseKind.DENSE ? null : window;
    int outputs =
        kind == SynapseKind.DENSE || kind == SynapseKind.CONVOLUTION
            ? size(random, 100)
            : shape.channels();
    if (kind == SynapseKind.AVERAGE) {
      of = new Window2D(plain(window.rows()), plain(window.columns()));
    }
    kind.output(shape, of, outputs);
    boolean isGraded = kind != SynapseKind.AVERAGE && random.nextInt(4) == 0;
    return new NeuronPart(
        name,
        input,
        kind,
        of,
        outputs,
        CompactWeights.ofFloats(values(kind.weights(shape, of, outputs), random)),
        new float[0],
        RecurrenceKind.NONE,
        CompactWeights.NONE,
        isGraded ? new GradedNeuron() : new SpikingNeuron(1, 0.9, Reset.bySubtraction(), 0));
  }

  private static float[] values(long count, Random random) {
    if (count > MOST_WEIGHTS) {
      throw new IllegalArgumentException("weights must be few enough for a small file");
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.3f;
    }
    return values;
  }

  private static Window2D.Axis axis(boolean same, Random random) {
    int most = CompactModel.MOST_IN_A_WINDOW;
    int padding = same || random.nextBoolean() ? 0 : size(random, most);
    return new Window2D.Axis(
        size(random, most), size(random, most), padding, size(random, most), same);
  }

  private static Window2D.Axis plain(Window2D.Axis axis) {
    return new Window2D.Axis(axis.kernel(), axis.stride(), 0, 1, axis.paddingBefore(1) > 0);
  }
}
