package org.dl4jsnn.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.AccumulationPart;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactPart;
import org.dl4jsnn.internal.compact.CompactWeights;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.DelayPart;
import org.dl4jsnn.internal.compact.IntegratorPart;
import org.dl4jsnn.internal.compact.MergePart;
import org.dl4jsnn.internal.compact.NeuronKind;
import org.dl4jsnn.internal.compact.NeuronPart;
import org.dl4jsnn.internal.compact.PartKind;
import org.dl4jsnn.internal.compact.PoolingPart;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.compact.SynapseKind;
import org.dl4jsnn.internal.host.IntegratorDecays;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Reads the parts of a model file. Parts that do not fit together throw an
 * IllegalArgumentException.
 */
final class PartReader {

  private static final int MOST_RECURRENCE = RecurrenceKind.values().length - 1;

  private static final int MOST_OUTPUTS = CompactModel.MOST_NEURONS;

  private final ModelBytes bytes;
  private final CompactModel.Builder model;
  private final String name;
  private final List<Integer> inputs;

  private PartReader(
      ModelBytes bytes, CompactModel.Builder model, String name, List<Integer> inputs) {
    this.bytes = bytes;
    this.model = model;
    this.name = name;
    this.inputs = inputs;
  }

  static CompactPart read(ModelBytes bytes, CompactModel.Builder model) throws IOException {
    PartKind kind = bytes.constant("kind of part", PartKind.values());
    String name = bytes.text("name", CompactWriter.MOST_BYTES_OF_NAME);
    long at = bytes.offset();
    int count = bytes.count("the number of inputs", CompactWriter.MOST_INPUTS);
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(bytes.number("input", 0, model.places() - 1));
    }
    if (count == 0 || kind != PartKind.MERGE && count != 1) {
      throw ModelBytes.failure(
          at,
          "inputs of '"
              + name
              + "' must be "
              + (kind == PartKind.MERGE ? "at least one" : "one")
              + ", got "
              + count);
    }
    return new PartReader(bytes, model, name, List.copyOf(inputs)).part(kind);
  }

  private CompactPart part(PartKind kind) throws IOException {
    return switch (kind) {
      case NEURONS -> neurons();
      case POOLING ->
          new PoolingPart(
              name, input(), bytes.constant("pooling", PoolingPart.Kind.values()), window());
      case MERGE -> new MergePart(name, inputs, bytes.constant("merge", MergePart.Kind.values()));
      case INTEGRATORS, VARIED_INTEGRATORS -> integrators(kind);
      case READ_OUT -> readOut();
      case DELAYS -> delays();
      case ACCUMULATION -> new AccumulationPart(name, input());
    };
  }

  private int input() {
    return inputs.get(0);
  }

  private NeuronPart neurons() throws IOException {
    FeatureShape input = model.spikes(input());
    SynapseKind kind = bytes.constant("kind of synapses", SynapseKind.values());
    long at = bytes.offset();
    Window2D window = window();
    if (window == null != (kind == SynapseKind.DENSE)) {
      throw ModelBytes.failure(
          at,
          "synapses that are not dense must have a window, got "
              + (window == null ? "none" : "one")
              + " of "
              + kind);
    }
    int outputs = bytes.number("outputs", 1, MOST_OUTPUTS);
    FeatureShape output = kind.output(input, window, outputs);
    CompactWeights weights =
        WeightsReader.read(bytes, "weights", kind.weights(input, window, outputs), outputs);
    float[] bias = bytes.floatsOrNone("biases", kind == SynapseKind.AVERAGE ? 0 : outputs);
    int recurrenceKind = bytes.small("recurrence", 0, RecurrenceKind.OF_FEW_BITS + MOST_RECURRENCE);
    boolean isOfFewBits = recurrenceKind > MOST_RECURRENCE;
    RecurrenceKind recurrence =
        RecurrenceKind.values()[recurrenceKind - (isOfFewBits ? RecurrenceKind.OF_FEW_BITS : 0)];
    NeuronPart part =
        new NeuronPart(
            name,
            input(),
            kind,
            window,
            outputs,
            weights,
            bias,
            requireVector(recurrence, output),
            recurrentWeights(recurrence, isOfFewBits, outputs),
            NeuronKind.read(bytes, output.channels()));
    Require.not(
        !part.fires() && (kind == SynapseKind.AVERAGE || recurrence != RecurrenceKind.NONE),
        "only layers with weights that are not recurrent can pass on their currents, got %s, %s",
        kind,
        recurrence);
    return part;
  }

  private static RecurrenceKind requireVector(RecurrenceKind recurrence, FeatureShape output) {
    Require.not(
        recurrence != RecurrenceKind.NONE && output.spatial(),
        "recurrence must be of neurons without rows and columns, got %s",
        output);
    return recurrence;
  }

  private CompactWeights recurrentWeights(
      RecurrenceKind recurrence, boolean isOfFewBits, int outputs) throws ModelFormatException {
    long expected = recurrence.weights(outputs);
    return isOfFewBits
        ? WeightsReader.ofFewBits(bytes, "recurrent weights", expected, outputs)
        : CompactWeights.ofFloats(bytes.floats("recurrent weights", expected));
  }

  private DelayPart delays() throws ModelFormatException {
    FeatureShape input = model.spikes(input());
    int count = bytes.number("the number of delays", 1, input.neurons());
    bytes.require("delays", (long) count * Integer.BYTES);
    int[] steps = new int[count];
    for (int i = 0; i < count; i++) {
      steps[i] = bytes.number("delay", 0, Integer.MAX_VALUE);
    }
    return DelayPart.of(name, input(), steps);
  }

  private IntegratorPart integrators(PartKind kind) throws ModelFormatException {
    FeatureShape input = model.spikes(input());
    int outputs = bytes.number("outputs", 1, MOST_OUTPUTS);
    IntegratorDecays decays =
        kind == PartKind.INTEGRATORS
            ? IntegratorDecays.of(Require.share("leak", bytes.real("leak")))
            : decays(outputs);
    MembraneReadOut reads = bytes.constant("what is read", MembraneReadOut.values());
    float[] weights = bytes.floats("weights", (long) input.neurons() * outputs);
    float[] bias = bytes.floatsOrNone("biases", outputs);
    return new IntegratorPart(name, input(), weights, bias, outputs, decays, reads);
  }

  private IntegratorDecays decays(int outputs) throws ModelFormatException {
    double[] leaks = shares("leak", bytes.oneOrEach("the number of leaks", outputs));
    long at = bytes.offset();
    int synaptic = bytes.number("the number of synaptic decays", 0, outputs);
    if (synaptic > 1 && synaptic != outputs) {
      throw ModelBytes.failure(
          at, "the number of synaptic decays must be 0, 1 or " + outputs + ", got " + synaptic);
    }
    return new IntegratorDecays(leaks, synaptic == 0 ? null : shares("synaptic decay", synaptic));
  }

  private double[] shares(String each, int count) throws ModelFormatException {
    double[] shares = bytes.reals(each, count);
    for (double share : shares) {
      Require.share(each, share);
    }
    return shares;
  }

  private ReadOutPart readOut() throws ModelFormatException {
    FeatureShape input = model.shape(input());
    int outputs = bytes.number("outputs", 1, MOST_OUTPUTS);
    ReadOutPart.Activation activation =
        bytes.constant("activation", ReadOutPart.Activation.values());
    double divisor = Require.positiveFinite("divisor", bytes.real("divisor"));
    float[] weights = bytes.floatsOrNone("weights", (long) input.neurons() * outputs);
    float[] bias = bytes.floatsOrNone("biases", weights.length == 0 ? 0 : outputs);
    return new ReadOutPart(name, input(), weights, bias, outputs, activation, divisor);
  }

  private Window2D window() throws ModelFormatException {
    if (!bytes.flag("whether there is a window")) {
      return null;
    }
    int[] rows = axis();
    int[] columns = axis();
    boolean same = bytes.flag("same padding");
    return new Window2D(axis(rows, same), axis(columns, same));
  }

  private int[] axis() throws ModelFormatException {
    return new int[] {
      bytes.number("kernel size", 1, CompactModel.MOST_IN_A_WINDOW),
      bytes.number("stride", 1, CompactModel.MOST_IN_A_WINDOW),
      bytes.number("padding", 0, CompactModel.MOST_IN_A_WINDOW),
      bytes.number("dilation", 1, CompactModel.MOST_IN_A_WINDOW)
    };
  }

  private static Window2D.Axis axis(int[] sizes, boolean same) {
    return new Window2D.Axis(sizes[0], sizes[1], sizes[2], sizes[3], same);
  }
}
