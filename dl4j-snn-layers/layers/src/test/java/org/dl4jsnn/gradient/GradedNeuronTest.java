package org.dl4jsnn.gradient;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.dl4jsnn.gradient.BothKindsOfRules.BY_RATES;
import static org.dl4jsnn.gradient.BothKindsOfRules.IN_TIME;
import static org.dl4jsnn.gradient.BothKindsOfRules.MINIBATCH;
import static org.dl4jsnn.gradient.BothKindsOfRules.STEPS;
import static org.dl4jsnn.gradient.BothKindsOfRules.assertClose;
import static org.dl4jsnn.gradient.BothKindsOfRules.backprop;
import static org.dl4jsnn.gradient.BothKindsOfRules.dense;
import static org.dl4jsnn.gradient.BothKindsOfRules.graph;
import static org.dl4jsnn.gradient.BothKindsOfRules.labels;
import static org.dl4jsnn.gradient.BothKindsOfRules.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers that pass on their currents, and neurons that read them, are one layer in two halves. */
class GradedNeuronTest {

  private static final InputType FILM = Networks.film(STEPS, 6, 5, 2);

  private static BackpropRule rule(boolean inTime) {
    return inTime ? IN_TIME : BY_RATES;
  }

  private static SpikingConvolution2D.Builder convolution(BackpropRule rule, boolean normalised) {
    return new SpikingConvolution2D.Builder(3, 3)
        .nOut(4)
        .backprop(rule)
        .normalization(normalised ? new CurrentNormalization() : null);
  }

  private static Layer currents(BackpropRule rule, boolean normalised) {
    return convolution(rule, normalised).neuron(new GradedNeuron()).build();
  }

  private static Layer neurons(BackpropRule rule) {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1)
        .threshold(1)
        .leak(0.75)
        .backprop(rule)
        .build();
  }

  private static ComputationGraph whole(BackpropRule rule, boolean normalised) {
    return made(
        graph(settings(), FILM, "top")
            .addLayer("weights", convolution(rule, normalised).leak(0.75).build(), "encoding")
            .addLayer("top", dense(5, rule), "weights"));
  }

  private static ComputationGraph made(GraphBuilder builder) {
    ComputationGraph network = Networks.of(builder.build());
    Networks.round(network.params());
    return network;
  }

  private static INDArray film() {
    Nd4j.getRandom().setSeed(4);
    INDArray values = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS, 6, 5);
    return Nd4j.math().round(values.muli(6).subi(1)).div(4);
  }

  private static INDArray gradient(ComputationGraph graph, String parameter) {
    return graph.gradient().getGradientFor(parameter);
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void shouldBeHalfOfALayer(boolean inTime, boolean normalised) {
    BackpropRule rule = rule(inTime);
    ComputationGraph whole = whole(rule, normalised);
    ComputationGraph halves =
        made(
            graph(settings(), FILM, "top")
                .addLayer("weights", currents(rule, normalised), "encoding")
                .addLayer("neurons", neurons(rule), "weights")
                .addLayer("top", dense(5, rule), "neurons"));
    whole.paramTable().forEach((name, values) -> halves.getParam(name).assign(values));
    INDArray film = film();
    assertSameBits(whole.outputSingle(film), halves.outputSingle(film));
    INDArray labels = labels();
    backprop(whole, film, labels);
    backprop(halves, film, labels);
    assertClose(gradient(whole, "top_W"), gradient(halves, "top_W"));
    assertClose(gradient(whole, "weights_W"), gradient(halves, "weights_W"));
    if (normalised) {
      assertClose(gradient(whole, "weights_gamma"), gradient(halves, "weights_gamma"));
    }
  }

  /** As in a residual block: the sum of the currents of two layers, one of them constant. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAddCurrents(boolean inTime) {
    BackpropRule rule = rule(inTime);
    ComputationGraph whole = whole(rule, false);
    ComputationGraph sum =
        made(
            graph(settings(), FILM, "top")
                .addLayer("one", currents(rule, false), "encoding")
                .addLayer("other", currents(rule, false), "encoding")
                .addVertex("sum", new SpikingAdd(), "one", "other")
                .addLayer("neurons", neurons(rule), "sum")
                .addLayer("top", dense(5, rule), "neurons"));
    INDArray half = Nd4j.math().round(whole.getParam("weights_W").mul(512)).div(1024);
    sum.getParam("one_W").assign(half);
    sum.getParam("other_W").assign(whole.getParam("weights_W").sub(half));
    sum.getParam("top_W").assign(whole.getParam("top_W"));
    sum.getParam("out_W").assign(whole.getParam("out_W"));
    INDArray film = film();
    assertSameBits(whole.outputSingle(film), sum.outputSingle(film));
    INDArray labels = labels();
    backprop(whole, film, labels);
    backprop(sum, film, labels);
    assertClose(gradient(whole, "weights_W"), gradient(sum, "one_W"));
    assertClose(gradient(whole, "weights_W"), gradient(sum, "other_W"));
  }

  /** Constant features stay constant currents, as long as nothing else is added. */
  @Test
  void shouldPassOnConstantCurrents() {
    InputType images = InputType.convolutional(6, 5, 2);
    ComputationGraph whole = ofImages(images, convolution(IN_TIME, false).leak(0.75).build(), null);
    ComputationGraph halves = ofImages(images, currents(IN_TIME, false), neurons(IN_TIME));
    whole.paramTable().forEach((name, values) -> halves.getParam(name).assign(values));
    INDArray image = film().tensorAlongDimension(0, 0, 1, 3, 4);
    assertSameBits(whole.outputSingle(image), halves.outputSingle(image));
  }

  private static ComputationGraph ofImages(InputType images, Layer weights, Layer neurons) {
    GraphBuilder builder =
        settings()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(images)
            .addLayer("encoding", SpikeEncoding.direct(STEPS).build(), "in")
            .addLayer("weights", weights, "encoding");
    if (neurons != null) {
      builder.addLayer("neurons", neurons, "weights");
    }
    return made(
        builder
            .addLayer("out", Networks.readOut(2), neurons == null ? "weights" : "neurons")
            .setOutputs("out"));
  }

  @Test
  void shouldHaveNoScalarsOfARule() {
    ComputationGraphConfiguration configuration =
        graph(settings(), FILM, "weights")
            .addLayer("weights", currents(IN_TIME, true), "encoding")
            .build();
    assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
    SpikingConvolution2D layer =
        new SpikingConvolution2D.Builder(3, 3).nOut(4).neuron(new GradedNeuron()).build();
    assertFalse(layer.hasNeurons());
  }

  @Test
  void shouldBeOfLayersWithWeightsFromBelow() {
    Layer pooling =
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).neuron(new GradedNeuron()).build();
    assertRefused(
        () -> made(graph(settings(), FILM, "l").addLayer("l", pooling, "encoding")),
        "only layers with weights that are not recurrent can pass on their currents");
    Layer recurrent = new SpikingRecurrent.Builder().nOut(3).neuron(new GradedNeuron()).build();
    InputType series = InputType.recurrent(3, STEPS);
    assertRefused(
        () -> made(graph(settings(), series, "l").addLayer("l", recurrent, "encoding")),
        "only layers with weights that are not recurrent can pass on their currents");
  }
}
