package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.WeightedLayerBuilder;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes layers of neurons charged by a {@link Form}: integrate-and-fire neurons with threshold 1,
 * reset by subtraction, and an initial membrane of one half (equation 72 of docs/mathematics.md).
 */
record NeuronLayers(SpikingParts parts) {

  /** θ. */
  private static final double THRESHOLD = 1;

  /** Half a threshold: rounds the number of spikes to the nearest whole number. */
  private static final double INITIAL_MEMBRANE = THRESHOLD / 2;

  /** A layer's name and the shape of its neurons. */
  record Made(String name, FeatureShape shape) {}

  /**
   * Adds a layer whose currents are the values of a form, of terms of one kind and geometry, by the
   * activation of a rate of 1 for each output.
   */
  Made add(String name, Form form, double[] scales) {
    Form scaled =
        form.then(
            Arrays.stream(scales).map(scale -> 1 / scale).toArray(), new double[scales.length]);
    String layer = parts.unused(name);
    return form.terms().get(0).isConvolution() ? convolution(layer, scaled) : dense(layer, scaled);
  }

  private Made dense(String name, Form form) {
    LinearWeights weights = full(form);
    SpikingDense.Builder builder = new SpikingDense.Builder().nOut(weights.outputs());
    parts.add(name, settings(builder, weights).build(), inputs(name, form), ofDense(weights));
    return new Made(name, FeatureShape.vector(weights.outputs()));
  }

  private Made convolution(String name, Form form) {
    Form.Term first = form.terms().get(0);
    int height = first.signal().train().height();
    int width = first.signal().train().width();
    Axis rows = common(form.terms().stream().map(Form.Term::rows).toList(), height);
    Axis columns = common(form.terms().stream().map(Form.Term::columns).toList(), width);
    List<LinearWeights> all = new ArrayList<>();
    for (Form.Term term : form.terms()) {
      all.add(embedded(term, rows, columns).overTrain(term.signal()));
    }
    FeatureShape shape = FeatureShape.image(form.outputs(), first.height(), first.width());
    if (form.terms().size() == 1 && first.multiplier() > 0 && first.signal().isPlain()) {
      depthwise(name, first, all.get(0), rows, columns);
      return new Made(name, shape);
    }
    LinearWeights weights = LinearWeights.concatenated(all);
    SpikingConvolution2D.Builder builder =
        new SpikingConvolution2D.Builder(rows.kernel(), columns.kernel())
            .nOut(weights.outputs())
            .stride(rows.stride(), columns.stride())
            .dilation(rows.dilation(), columns.dilation());
    if (!rows.same()) {
      builder.padding(rows.before(), columns.before());
    }
    long[] axes = {weights.outputs(), weights.inputs(), rows.kernel(), columns.kernel()};
    parts.add(
        name,
        settings(builder, weights).build(),
        inputs(name, form),
        parameters(array(weights.values(), axes), weights));
    return new Made(name, shape);
  }

  /** A kernel in a larger one, between zero taps. */
  private static LinearWeights embedded(Form.Term term, Axis rows, Axis columns) {
    LinearWeights small = term.weights();
    if (rows.equals(term.rows()) && columns.equals(term.columns())) {
      return small;
    }
    int top = term.rows().firstTapIn(rows, term.signal().train().height());
    int left = term.columns().firstTapIn(columns, term.signal().train().width());
    int taps = rows.kernel() * columns.kernel();
    double[] values = new double[small.outputs() * small.inputs() * taps];
    double[] bias = new double[small.outputs()];
    for (int output = 0; output < small.outputs(); output++) {
      bias[output] = small.biases()[output];
      for (int input = 0; input < small.inputs(); input++) {
        int first = (output * small.inputs() + input) * taps;
        for (int tap = 0; tap < small.taps(); tap++) {
          int row = top + tap / term.columns().kernel();
          int column = left + tap % term.columns().kernel();
          values[first + row * columns.kernel() + column] = small.at(output, input, tap);
        }
      }
    }
    return new LinearWeights(small.outputs(), small.inputs(), taps, values, bias);
  }

  private void depthwise(
      String name, Form.Term term, LinearWeights weights, Axis rows, Axis columns) {
    SpikingDepthwiseConvolution2D.Builder builder =
        new SpikingDepthwiseConvolution2D.Builder(rows.kernel(), columns.kernel())
            .depthMultiplier(term.multiplier())
            .stride(rows.stride(), columns.stride())
            .dilation(rows.dilation(), columns.dilation());
    if (!rows.same()) {
      builder.padding(rows.before(), columns.before());
    }
    double[] own = new double[weights.outputs() * weights.taps()];
    for (int i = 0; i < own.length; i++) {
      int output = i / weights.taps();
      own[i] = weights.at(output, output / term.multiplier(), i % weights.taps());
    }
    long[] axes = {weights.outputs(), 1, rows.kernel(), columns.kernel()};
    parts.add(
        name,
        settings(builder, weights).build(),
        List.of(term.signal().vertex()),
        parameters(array(own, axes), weights));
  }

  /** The common kernel, or one with equal zeros at both ends that contains all. */
  private static Axis common(List<Axis> axes, int input) {
    if (axes.size() == 1 && axes.get(0).isSymmetric()) {
      return axes.get(0);
    }
    return Axis.common(axes, input)
        .orElseThrow(() -> new IllegalStateException("kernels must have a common one: " + axes));
  }

  /** The names of a form's inputs, as one train. */
  List<String> inputs(String name, Form form) {
    List<String> trains = form.terms().stream().map(term -> term.signal().vertex()).toList();
    return trains.size() == 1 ? trains : List.of(parts.concatenated(name + "-inputs", trains));
  }

  private static <T extends WeightedLayerBuilder<T>> T settings(T builder, LinearWeights weights) {
    return builder
        .threshold(THRESHOLD)
        .initialMembrane(INITIAL_MEMBRANE)
        .reset(Reset.bySubtraction())
        .hasBias(weights.hasBias());
  }

  /** The weights of full connections over their concatenated input trains. */
  static LinearWeights full(Form form) {
    List<LinearWeights> all = new ArrayList<>();
    for (Form.Term term : form.terms()) {
      all.add(term.weights().overTrain(term.signal()));
    }
    return LinearWeights.concatenated(all);
  }

  /** [nIn, nOut], as in dense layers, and a bias, if any. */
  static Map<String, INDArray> ofDense(LinearWeights weights) {
    int inputs = weights.inputs() * weights.taps();
    double[] values = new double[inputs * weights.outputs()];
    for (int i = 0; i < values.length; i++) {
      values[i % inputs * weights.outputs() + i / inputs] = weights.values()[i];
    }
    return parameters(array(values, inputs, weights.outputs()), weights);
  }

  private static Map<String, INDArray> parameters(INDArray array, LinearWeights weights) {
    return weights.hasBias()
        ? Map.of(Synapse.WEIGHT, array, Synapse.BIAS, array(weights.biases(), 1, weights.outputs()))
        : Map.of(Synapse.WEIGHT, array);
  }

  private static INDArray array(double[] values, long... shape) {
    return Nd4j.create(values, shape, DataType.DOUBLE);
  }
}
