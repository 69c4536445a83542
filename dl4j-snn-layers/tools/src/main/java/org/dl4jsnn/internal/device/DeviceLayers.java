package org.dl4jsnn.internal.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.AccumulationPart;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.spike.FeatureShape;

/** The layers of a network as the structures of snn.h, with their arrays and their state. */
final class DeviceLayers {

  private static final int MOST_INDEX = (1 << 16) - 1;

  private final CompactModel model;
  private final long steps;
  private final Source source;
  private final StateLayout state;

  /** Bits behind the point of features. */
  private final int fraction;

  private final StepRanges passed;

  private final List<String> places = new ArrayList<>();
  private final List<String> layers = new ArrayList<>();
  private final List<DeviceMemory.Part> memory = new ArrayList<>();
  private double scoreUnit = 1;
  private Scores scores;
  private int outputs;
  private int inputs;
  private int neuronTables;

  DeviceLayers(
      CompactModel model,
      long steps,
      SpikeRange input,
      int fraction,
      Source source,
      StateLayout state) {
    this.model = model;
    this.fraction = fraction;
    this.steps = steps;
    this.source = source;
    this.state = state;
    Require.not(
        isDirect() && model.encoding().population() != null,
        "a population code must make spikes, got constant currents");
    Require.not(
        model.shapes().size() > MOST_INDEX, "layers must be at most %s, got more", MOST_INDEX);
    this.passed = new StepRanges(model, input, isDirect() ? fraction : 0);
    place(0, "input", input);
    memory.add(new DeviceMemory.Part("input", 0, state.bytes()));
    for (int i = 0; i < model.parts().size(); i++) {
      add(i + 1, model.parts().get(i));
    }
    if (!(last() instanceof ReadOutPart || last() instanceof IntegratorPart)) {
      long ram = state.bytes();
      counts(model.parts().size(), new float[0], new float[0], 1);
      memory.add(new DeviceMemory.Part("scores", 0, state.bytes() - ram));
    }
  }

  private CompactPart last() {
    return model.parts().get(model.parts().size() - 1);
  }

  private boolean isDirect() {
    return model.encoding().kind() == CompactEncoding.Kind.DIRECT;
  }

  List<String> layers() {
    return layers;
  }

  List<String> places() {
    return places;
  }

  List<DeviceMemory.Part> memory() {
    return memory;
  }

  /** The value of a score of 1, before it is divided by the steps. */
  double scoreUnit() {
    return scoreUnit;
  }

  /** How scores come from counts of spikes; null if they are read of membranes. */
  Scores scores() {
    return scores;
  }

  /**
   * Whether a place passes on the network's spikes; not if it is sums for means or rates, or
   * currents.
   */
  boolean isAsInNetwork(int place) {
    if (passed.get(place).currents() != null) {
      return false;
    }
    if (place == 0 || !(model.parts().get(place - 1) instanceof PoolingPart pooling)) {
      return place == 0
          || !(model.parts().get(place - 1) instanceof MergePart merge)
          || merge.inputs().stream().allMatch(this::isAsInNetwork);
    }
    boolean readsRates =
        pooling.kind() == PoolingPart.Kind.MAXIMUM && new Readers(model, place).areOnlyReadOut();
    return pooling.kind() != PoolingPart.Kind.MEAN && !readsRates && isAsInNetwork(pooling.input());
  }

  /** The number of classes. */
  int outputs() {
    return outputs;
  }

  /** Bytes of the structures on a processor of 32 bits. */
  long tableBytes() {
    return 104L * layers.size() + 12L * places.size() + 4L * inputs + 56L * neuronTables;
  }

  private FeatureShape shape(int place) {
    return model.shapes().get(place);
  }

  private void place(int place, String what, SpikeRange range) {
    FeatureShape shape = shape(place);
    Require.not(
        shape.channels() > MOST_INDEX,
        "%s: channels must be at most %s, got %s",
        what,
        MOST_INDEX,
        shape.channels());
    int each = place == 0 && isDirect() ? Short.BYTES : range.each();
    String offset =
        state.add(
            "spikes" + place,
            Math.max(1, each),
            false,
            each == 0 ? range.length(shape.neurons()) : shape.neurons(),
            "spikes of " + comment(what));
    places.add(
        Source.format("  {%s, %d, %d, %d}", offset, shape.neurons(), shape.channels(), each));
  }

  private static String comment(String text) {
    return text.replace("*/", "* /");
  }

  private void add(int place, CompactPart part) {
    long flash = source.bytes();
    long ram = state.bytes();
    if (part instanceof ReadOutPart readOut) {
      readOut(readOut);
    } else if (part instanceof IntegratorPart integrator) {
      passed.add(part);
      places.add(places.get(0)); // never used
      integrator(place, integrator);
    } else {
      addSpiking(place, part);
    }
    memory.add(new DeviceMemory.Part(part.name(), source.bytes() - flash, state.bytes() - ram));
  }

  private void addSpiking(int place, CompactPart part) {
    passed.add(part);
    place(place, part.name(), passed.get(place).range());
    Source.Fields fields = start(place, part);
    if (part instanceof NeuronPart neurons) {
      neurons(place, neurons, fields);
    } else if (part instanceof PoolingPart pooling) {
      pooling(place, pooling, fields);
    } else if (part instanceof DelayPart delay) {
      delay(place, delay, fields);
    } else if (part instanceof AccumulationPart) {
      throw new IllegalArgumentException(
          "a layer must not wait for the end of a window, got '" + part.name() + "'");
    } else {
      fields.with("kind", "SNN_" + ((MergePart) part).kind());
    }
    finish(part.name(), fields);
  }

  private Source.Fields start(int place, CompactPart part) {
    List<String> from = new ArrayList<>();
    boolean isSum = part instanceof MergePart sum && sum.kind() == MergePart.Kind.ADD;
    int before = 0;
    for (int input : part.inputs()) {
      int shift = passed.get(place).fraction() - passed.get(input).fraction();
      from.add(Source.format("{%d, %d}", input, isSum ? shift : before));
      before += part instanceof MergePart ? shape(input).channels() : 0;
    }
    inputs += from.size();
    source.add("static const snn_input input%d[] = {%s};\n", place, String.join(", ", from));
    return new Source.Fields()
        .with("inputs", from.size())
        .with("input", "input" + place)
        .with("place", place)
        .with("neurons", shape(place).neurons())
        .with("channels", shape(place).channels());
  }

  private void finish(String name, Source.Fields fields) {
    layers.add(Source.format("  /* %s */\n%s", comment(name), fields.lines("  ")));
  }

  private void axes(Window2D window, FeatureShape from, FeatureShape to, Source.Fields fields) {
    fields.with("rows", axis(window.rows(), from.height(), to.height()));
    fields.with("columns", axis(window.columns(), from.width(), to.width()));
  }

  private static String axis(Window2D.Axis axis, int from, int to) {
    int most = Math.max(Math.max(from, to), axis.extent() + axis.padding());
    Require.not(
        most > Short.MAX_VALUE,
        "rows and columns must be at most %s, kernel and padding included, got %s",
        Short.MAX_VALUE,
        most);
    return Source.format(
        "{%d, %d, %d, %d, %d, %d}",
        axis.kernel(), axis.stride(), axis.paddingBefore(from), axis.dilation(), from, to);
  }

  // ---- Neurons ----

  private void neurons(int place, NeuronPart part, Source.Fields fields) {
    int bits = passed.get(part.input()).fraction();
    FeatureShape from = shape(part.input());
    FeatureShape to = shape(place);
    int[] weights = DeviceWeights.wholeWeights(part.name(), part.weights().values());
    if (part.kind() == SynapseKind.DENSE) {
      fields.with("kind", "SNN_DENSE");
    } else {
      fields.with(
          "kind", part.kind() == SynapseKind.CONVOLUTION ? "SNN_CONVOLUTION" : "SNN_DEPTHWISE");
      axes(part.window(), from, to, fields);
    }
    String suffix = String.valueOf(place);
    fields.with(
        "weights", source.weights("weights" + suffix, DeviceWeights.ordered(part, from, weights)));
    if (part.bias().length > 0) {
      fields.with(
          "bias",
          source.numbers(
              "bias" + suffix,
              DeviceWeights.scaled(DeviceWeights.whole(part.name(), part.bias()), 1 << bits)));
    }
    if (part.neuron().passesCurrents()) {
      int bytes = Math.max(1, passed.get(place).range().each());
      fields
          .with("bytes", bytes)
          .with("sums", state.add("sums" + place, bytes, true, to.neurons(), sums(part)));
      return;
    }
    DeviceNeurons neurons = new DeviceNeurons(part.name(), part.neuron(), bits);
    int bytes = neurons.bytes(passed.charges(part), steps);
    fields.with("bytes", bytes).with("neuron", "&neurons" + suffix);
    if (part.recurrence() != RecurrenceKind.NONE) {
      int[] recurrent = DeviceWeights.wholeWeights(part.name(), part.recurrentWeights().values());
      fields
          .with("recurrent", source.weights("recurrent" + suffix, recurrent))
          .with("one_to_one", part.recurrence() == RecurrenceKind.ONE_TO_ONE ? 1 : 0);
    }
    int[] initial = neurons.initial(to.channels());
    if (initial != null) {
      fields.with("initial", source.array("initial" + suffix, Integer.SIZE, initial));
    }
    neurons.write(source, suffix);
    neuronTables++;
    int count = to.neurons();
    fields.with("sums", state.add("sums" + place, bytes, true, count, sums(part)));
    if (neurons.hasMore()) {
      fields
          .with("membrane", state.add("membrane" + place, 4, true, count, "membrane potentials"))
          .with("memory", state.add("memory" + place, 4, true, count, neurons.memory()));
      fields.with(
          "last",
          state.add("last" + place, 1, false, neurons.isAdLif() ? count : 1, "last spikes"));
    }
  }

  private static String sums(NeuronPart part) {
    return (part.neuron() instanceof IntegerNeuron ? "membrane potentials of " : "currents of ")
        + comment(part.name());
  }

  // ---- Layers without neurons ----

  private void pooling(int place, PoolingPart part, Source.Fields fields) {
    FeatureShape from = shape(part.input());
    Window2D window = part.windows(from).window();
    FeatureShape to = part.windows(from).output();
    axes(window, from, to, fields);
    boolean isMaximum =
        part.kind() == PoolingPart.Kind.MAXIMUM || part.kind() == PoolingPart.Kind.GATED;
    Require.not(
        isMaximum && passed.get(part.input()).range().least() < 0,
        "layer '%s': maximum pooling must read spikes that are not negative, got those of a signed"
            + " input",
        part.name());
    Readers readers = new Readers(model, place);
    Require.not(
        part.kind() == PoolingPart.Kind.MEAN && !readers.areOnlyReadOut(),
        "layer '%s': only a read-out can read means of spikes, got other layers",
        part.name());
    Require.not(
        part.kind() == PoolingPart.Kind.MAXIMUM
            && readers.includeReadOut()
            && !readers.areOnlyReadOut(),
        "layer '%s': the maximum must be read by layers or by the read-out, got both",
        part.name());
    switch (part.kind()) {
      case SUM, MEAN -> fields.with("kind", "SNN_SUM");
      case MAXIMUM ->
          // A read-out sees the largest rate, not the rate of the largest.
          fields.with("kind", readers.areOnlyReadOut() ? "SNN_GATED" : "SNN_MAXIMUM");
      default -> fields.with("kind", "SNN_GATED");
    }
    if (part.kind() == PoolingPart.Kind.GATED
        || part.kind() == PoolingPart.Kind.MAXIMUM && readers.areOnlyReadOut()) {
      fields
          .with("memory", state.add("memory" + place, 4, true, from.neurons(), "spikes so far"))
          .with("last", state.add("last" + place, 4, true, to.neurons(), "the largest so far"));
    }
  }

  private void delay(int place, DelayPart part, Source.Fields fields) {
    FeatureShape shape = shape(place);
    int[] delays = part.steps().stream().mapToInt(Integer::intValue).toArray();
    boolean isEach = delays.length == shape.neurons() && delays.length != shape.channels();
    int[] given = delays;
    int[] ordered =
        isEach
            ? IntStream.range(0, delays.length).map(n -> given[shape.arrayIndex(n)]).toArray()
            : delays;
    int slots = Arrays.stream(delays).max().orElseThrow() + 1;
    String values = source.array("steps" + place, Integer.SIZE, ordered);
    fields
        .with("kind", "SNN_DELAY")
        .with("steps", Source.format("{%s, %d}", values, isEach ? 2 : delays.length == 1 ? 0 : 1))
        .with("slots", slots)
        .with(
            "memory",
            state.add(
                "memory" + place,
                Math.max(1, passed.get(place).range().each()),
                false,
                Math.multiplyExact(passed.get(place).range().length(shape.neurons()), slots),
                "spikes on their way"));
  }

  // ---- Read-outs ----

  private void readOut(ReadOutPart part) {
    boolean readsMembranes =
        part.input() > 0 && model.parts().get(part.input() - 1) instanceof IntegratorPart;
    if (readsMembranes) {
      Require.not(
          part.weights().length > 0,
          "layer '%s': a layer behind membranes must have no weights, got some. Train with a"
              + " LossLayer behind the LeakyReadOut",
          part.name());
      return;
    }
    counts(part.input(), part.weights(), part.bias(), means(part.input()));
  }

  /** By what counts of spikes at a place must be divided to be those of the network. */
  private double means(int place) {
    if (place == 0) {
      return 1;
    }
    CompactPart part = model.parts().get(place - 1);
    boolean isMean = part instanceof PoolingPart pooling && pooling.kind() == PoolingPart.Kind.MEAN;
    if (part instanceof PoolingPart pooling) {
      return (isMean ? passed.windowSize(part) : 1) * means(pooling.input());
    }
    if (part instanceof MergePart merge) {
      Set<Double> divisors = new HashSet<>();
      merge.inputs().forEach(input -> divisors.add(means(input)));
      Require.not(divisors.size() > 1, "layer '%s': it must not join means with sums", part.name());
      return divisors.iterator().next();
    }
    return 1;
  }

  private void counts(int place, float[] weights, float[] bias, double divisor) {
    FeatureShape from = shape(place);
    int n = weights.length == 0 ? from.neurons() : weights.length / from.neurons();
    Require.not(
        weights.length == 0 && from.positions() > 1 || n > MOST_INDEX,
        "a network must end in at most %s classes without rows and columns, got %s",
        MOST_INDEX,
        from);
    float[] divided = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      divided[i] = (float) (weights[from.arrayIndex(i / n) * n + i % n] / divisor);
    }
    ReadOutNumbers numbers = ReadOutNumbers.of(divided, bias, n, passed.get(place).range(), steps);
    scoreUnit = weights.length == 0 ? 1 / divisor : numbers.unit();
    scores = new Scores(place, numbers, n);
    Source.Fields fields = readOut("SNN_COUNT", "input_of_scores", place, n);
    if (weights.length > 0) {
      fields.with("weights", source.weights("weights_of_scores", numbers.weights()));
    }
    if (numbers.bias().length > 0) {
      fields.with("bias", source.numbers("bias_of_scores", numbers.bias()));
    }
    fields.with("sums", state.add("scores", 4, true, n, "scores"));
    finish("scores", fields);
  }

  /** The first fields of a read-out of n classes, which reads one place. */
  private Source.Fields readOut(String kind, String input, int place, int n) {
    outputs = n;
    inputs++;
    source.add("static const snn_input %s[] = {{%d, 0}};\n", input, place);
    return new Source.Fields()
        .with("kind", kind)
        .with("inputs", 1)
        .with("input", input)
        .with("bytes", 4)
        .with("neurons", n)
        .with("channels", n);
  }

  private void integrator(int place, IntegratorPart part) {
    Require.not(
        part.decays().synaptic() != null,
        "layer '%s': a leaky read-out must have no synaptic current, got one",
        part.name());
    FeatureShape from = shape(part.input());
    int n = part.outputs();
    double[] leaks = part.decays().leaks();
    int[] shares =
        Arrays.stream(leaks).mapToInt(l -> (int) Math.rint(l * IntegerNeuron.NO_LEAK)).toArray();
    double largest = Arrays.stream(shares).max().orElseThrow() / (double) IntegerNeuron.NO_LEAK;
    double membrane = largest < 1 ? Math.min(steps, 1 / (1 - largest)) : steps;
    boolean isMean = part.reads() == MembraneReadOut.MEAN || part.reads() == MembraneReadOut.COURSE;
    float[] ordered = new float[part.weights().length];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = part.weights()[from.arrayIndex(i / n) * n + i % n];
    }
    ReadOutNumbers numbers =
        ReadOutNumbers.of(
            ordered,
            part.bias(),
            n,
            passed.get(part.input()).range(),
            isMean ? membrane * steps : membrane);
    scoreUnit = numbers.unit();
    Source.Fields fields = readOut("SNN_INTEGRATOR", "input" + place, part.input(), n);
    source.add(
        "static const snn_neurons neurons%d = {.leak = %s};\n",
        place, source.numbers("leak" + place, shares));
    neuronTables++;
    fields
        .with("neuron", "&neurons" + place)
        .with(
            "reading",
            isMean
                ? "SNN_MEAN"
                : part.reads() == MembraneReadOut.MAXIMUM ? "SNN_LARGEST" : "SNN_LAST")
        .with("weights", source.weights("weights" + place, numbers.weights()));
    if (numbers.bias().length > 0) {
      fields.with("bias", source.numbers("bias" + place, numbers.bias()));
    }
    fields
        .with("sums", state.add("scores", 4, true, n, "leaky sums"))
        .with("last", state.add("readings", 4, true, n, "what is read of them"));
    finish(part.name(), fields);
  }

  /** What neurons must be. */
  static IllegalArgumentException refused(String name, NeuronDynamics neuron) {
    return new IllegalArgumentException(
        Source.format(
                "layer '%s': neurons must be of whole numbers, got %s. Quantise the network with",
                name, neuron)
            + " IntegerQuantization");
  }
}
