package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Turns stages into spiking layers. Values that neurons can represent become {@link Signal}s and
 * their weighted sums {@link Form}s, until a rectifier turns a form into neurons.
 */
final class Lowering {

  /** The name of the first layer. */
  static final String ENCODING = "encoding";

  private final FeatureShape features;
  private final boolean channelsLast;
  private final Scaling scaling;
  private final ConversionRefusals refusals;
  private final Map<Stage, Integer> readers;
  private final Map<Stage, Signal> signals = new IdentityHashMap<>();
  private final SpikingParts parts = new SpikingParts();
  private final NeuronLayers neurons = new NeuronLayers(parts);
  private final List<NeuronGroup> groups = new ArrayList<>();
  private final EqualScales equalScales;
  private final String readOut;

  /** Neurons that must have equal scales because their rates are added. */
  static final class EqualScales {

    private final Map<Stage, Stage> representatives = new IdentityHashMap<>();

    void tie(Stage one, Stage other) {
      Stage first = representative(one);
      Stage second = representative(other);
      if (first != second) {
        representatives.put(second, first);
      }
    }

    /** The representative of all tied stages. */
    Stage representative(Stage stage) {
      Stage known = representatives.get(stage);
      return known == null ? stage : representative(known);
    }
  }

  /** Defines the activation of a rate of 1. */
  interface Scaling {

    /** The scale of every channel of a stage's neurons. */
    double[] scales(Stage stage, int channels);
  }

  /**
   * Ties collect the stages whose neurons must have equal scales; refusals, what cannot be
   * converted.
   */
  Lowering(
      StageGraph graph,
      FeatureShape features,
      Scaling scaling,
      EqualScales equalScales,
      ConversionRefusals refusals) {
    this.features = features;
    this.channelsLast = graph.channelsLast();
    this.scaling = scaling;
    this.equalScales = equalScales;
    this.refusals = refusals;
    this.readers = graph.readers();
    this.readOut = graph.readOut();
  }

  /**
   * Lowers everything that leads to the input of the read-out's function, to a function of rates:
   * full connections only.
   */
  Form lower(Stage last) {
    parts.unused(ENCODING);
    parts.unused(Assembly.INPUT);
    parts.unused(readOut);
    Form form = form(last);
    if (form.terms().stream().anyMatch(Form.Term::isConvolution)) {
      refusals.add(
          "'" + last.name() + "'",
          "ends the network with rows and columns; the read-out must be a vector");
    }
    return form;
  }

  /** The layers and vertices made, without the encoding. */
  List<SpikingParts.Part> parts() {
    return parts.parts();
  }

  /** The input of the read-out; a form of several trains becomes one train. */
  String read(Form last) {
    return neurons.inputs("read-out", last).get(0);
  }

  /** The layers of neurons made. */
  List<NeuronGroup> groups() {
    return List.copyOf(groups);
  }

  private static boolean isLinear(Stage stage) {
    if (stage instanceof Stage.Scaling) {
      return isLinear(stage.input());
    }
    return stage instanceof Stage.Linear || stage instanceof Stage.Sum && !stage.isNonnegative();
  }

  /** A stage as a weighted sum, merged into the sum of its only reader. */
  private Form form(Stage stage) {
    if (!isLinear(stage) || readers.get(stage) > 1) {
      return Form.identity(signal(stage));
    }
    return sum(stage);
  }

  private Form sum(Stage stage) {
    if (stage instanceof Stage.Linear linear) {
      return linear(linear);
    }
    if (stage instanceof Stage.Scaling scaled) {
      Form form = form(stage.input());
      requirePerChannel(scaled, form.outputs());
      return form.then(scaled.factors(form.outputs()), scaled.shifts(form.outputs()));
    }
    return added(stage);
  }

  /**
   * A sum that may have negative values, as at the end of a residual block, as one form whose terms
   * fit one layer. A branch that does not fit, such as a shortcut with a different stride, first
   * gets its own neurons; so do all branches if their kernels have no common one, as with different
   * dilations.
   */
  private Form added(Stage stage) {
    List<Form> forms = new ArrayList<>();
    for (Stage input : stage.inputs()) {
      Form branch = form(input);
      forms.add(branch.isPointwise() ? branch : Form.identity(signal(input)));
    }
    Form sum = forms.stream().reduce(Form::plus).orElseThrow();
    return sum.hasCommonKernel()
        ? sum
        : stage.inputs().stream()
            .map(input -> Form.identity(signal(input)))
            .reduce(Form::plus)
            .orElseThrow();
  }

  private Form linear(Stage.Linear stage) {
    Signal signal = signal(stage.input());
    LinearWeights weights = stage.weights();
    FeatureShape shape = signal.shape();
    checkInputs(stage, shape);
    if (!stage.isConvolution()) {
      weights =
          channelsLast
              ? weights.channelsFirst(shape.channels())
              : weights.over(shape.channels(), shape.positions());
    } else if (signal.isShifted()
        && (stage.rows().hasZeros(shape.height()) || stage.columns().hasZeros(shape.width()))) {
      refusals.add(
          "'" + stage.name() + "'",
          "its padding has zeros around activations that batch normalisation, or a ShiftVertex, has"
              + " shifted: neurons have no constant that stops at an edge. Put the normalisation "
              + "before the activation function, or convolve without padding");
    }
    if (stage.isConvolution()
        && !(stage.rows().canBeEven(shape.height()) && stage.columns().canBeEven(shape.width()))) {
      refusals.add(
          "'" + stage.name() + "'",
          "its zeros differ at the two ends by a number that its dilation does not divide; spiking"
              + " convolutions have as many at both ends");
      refusals.check();
    }
    return Form.of(
        new Form.Term(signal, weights, stage.rows(), stage.columns(), stage.multiplier()));
  }

  /** A size may differ because a layer below was refused. */
  private void checkInputs(Stage.Linear stage, FeatureShape shape) {
    int given = stage.isConvolution() ? shape.channels() : shape.neurons();
    if (given != stage.weights().inputs()) {
      refusals.check();
      throw new IllegalArgumentException(
          ("input of '%s' must have %s%s, got %s. Possible cause: the calibration data has"
                  + " another shape than the training data%s")
              .formatted(
                  stage.name(),
                  stage.weights().inputs(),
                  stage.isConvolution() ? " channels" : " values",
                  given,
                  stage.isConvolution() ? ", or another order of axes: " + order() : ""));
    }
  }

  private String order() {
    return channelsLast
        ? "the network takes [minibatch, height, width, channels], from the usual order by"
            + " features.permute(0, 2, 3, 1)"
        : "the network takes [minibatch, channels, height, width], from channels last by"
            + " features.permute(0, 3, 1, 2)";
  }

  private Signal signal(Stage stage) {
    Signal known = signals.get(stage);
    if (known == null) {
      known = made(stage);
      signals.put(stage, known);
    }
    return known;
  }

  private Signal made(Stage stage) {
    if (stage instanceof Stage.Features) {
      double[] ones = new double[features.channels()];
      Arrays.fill(ones, 1);
      return Signal.ofNeurons(ENCODING, features, ones, null);
    }
    if (stage instanceof Stage.Rectifier rectifier) {
      return rectified(rectifier);
    }
    if (isLinear(stage) && !(stage instanceof Stage.Scaling && readers.get(stage.input()) > 1)) {
      return signed(stage);
    }
    if (stage instanceof Stage.Scaling scaled) {
      return scaled(scaled);
    }
    if (stage instanceof Stage.Sum || stage instanceof Stage.Concatenation) {
      List<Signal> inputs = stage.inputs().stream().map(this::signal).toList();
      if (stage instanceof Stage.Concatenation merge
          && !merge.isOfChannels(inputs.get(0).train().spatial(), channelsLast)) {
        refusals.add(
            "'" + stage.name() + "' (MergeVertex)",
            "merges along another axis than that of channels");
      }
      return new JoinedBranches(parts, equalScales).of(stage, inputs);
    }
    if (stage instanceof Stage.Padding) {
      refusals.add(
          "'" + stage.name() + "' (ZeroPaddingLayer)",
          "its zeros must be those of a convolution without same padding right after it");
      return signal(stage.input());
    }
    return new Pools(parts, refusals).of(stage, signal(stage.input()));
  }

  private Signal rectified(Stage.Rectifier stage) {
    if (stage.input().isNonnegative() && Double.isInfinite(stage.cap())) {
      return signal(stage.input());
    }
    Form form = form(stage.input());
    double[] scales = scaling.scales(stage, form.outputs());
    NeuronLayers.Made made = neurons.add(NeuronGroup.nameOf(stage), form, scales);
    groups.add(new NeuronGroup(made.name(), stage, made.shape(), false));
    return Signal.ofNeurons(made.name(), made.shape(), scales, stage);
  }

  /** Neurons for each sign of a value that may be negative. */
  private Signal signed(Stage stage) {
    Form form = sum(stage);
    int outputs = form.outputs();
    double[] scales = scaling.scales(stage, outputs);
    double[] twice = Arrays.copyOf(scales, 2 * outputs);
    System.arraycopy(scales, 0, twice, outputs, outputs);
    NeuronLayers.Made made = neurons.add(stage.name(), form.withOpposites(), twice);
    groups.add(new NeuronGroup(made.name(), stage, made.shape(), true));
    Signal.Reading[] readings = new Signal.Reading[outputs];
    for (int channel = 0; channel < outputs; channel++) {
      readings[channel] =
          new Signal.Reading(
              new int[] {channel, outputs + channel},
              new double[] {scales[channel], -scales[channel]},
              0);
    }
    return new Signal(made.name(), made.shape(), readings, null);
  }

  private Signal scaled(Stage.Scaling stage) {
    Signal signal = signal(stage.input());
    int channels = signal.channels().length;
    if (!requirePerChannel(stage, channels)) {
      return signal;
    }
    Signal.Reading[] readings = new Signal.Reading[channels];
    for (int channel = 0; channel < channels; channel++) {
      readings[channel] =
          signal
              .channel(channel)
              .then(stage.factors(channels)[channel], stage.shifts(channels)[channel]);
    }
    return new Signal(signal.vertex(), signal.train(), readings, null);
  }

  private boolean requirePerChannel(Stage.Scaling stage, int channels) {
    boolean fits = stage.channels() == 1 || stage.channels() == channels;
    if (!fits) {
      refusals.add(
          "'" + stage.name() + "'",
          "normalises flattened images value by value; put it before the flattening");
    }
    return fits;
  }
}
