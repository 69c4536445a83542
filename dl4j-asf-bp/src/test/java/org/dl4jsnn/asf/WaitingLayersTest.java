package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.NeuronParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Behind a current that is the same at every step, the accumulated flow is that of all steps. */
class WaitingLayersTest {

  private static final int STEPS = 4;
  private static final InputType IMAGES = InputType.convolutional(5, 6, 2);

  private static SpikingConvolution2D below() {
    return new SpikingConvolution2D.Builder(3, 3).nOut(3).threshold(0.5).build();
  }

  private static SpikingDense above() {
    return new SpikingDense.Builder()
        .nOut(9)
        .threshold(3)
        .hasBias(true)
        .learnPerLayer(NeuronParameter.THRESHOLD)
        .backprop(new AsfBackprop())
        .build();
  }

  /** The same numbers as features of direct encoding. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void shouldLearnAsFromFeaturesOfTheSameSize(DataType type) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(3).dataType(type).updater(new Sgd(0.1)),
            IMAGES,
            SpikeEncoding.direct(STEPS).build(),
            below(),
            new SpikeAccumulation.Builder().build(),
            above(),
            Networks.softmax(3));
    network.getLayer(3).getParam("b").assign(0.2);
    Nd4j.getRandom().setSeed(5);
    INDArray images = Nd4j.rand(type, 6, 2, 5, 6);
    INDArray labels = Networks.labels(6, 3).castTo(type);
    INDArray counts = network.feedForward(images).get(2).mul(STEPS).reshape(6, -1);
    MultiLayerNetwork direct =
        Networks.of(
            Networks.seeded(3).dataType(type).updater(new Sgd(0.1)),
            InputType.feedForward(counts.size(1)),
            SpikeEncoding.direct(STEPS).build(),
            above(),
            Networks.softmax(3));
    direct.setParams(Nd4j.hstack(network.getLayer(3).params(), network.getLayer(4).params()).dup());
    for (int i = 0; i < 2; i++) {
      network.fit(images, labels);
      direct.fit(counts, labels);
      counts = network.feedForward(images).get(2).mul(STEPS).reshape(6, -1);
    }
    Map<String, INDArray> learned = direct.getLayer(1).paramTable();
    assertTrue(learned.keySet().containsAll(List.of("W", "b", "slope")));
    learned.forEach(
        (name, values) ->
            assertEquals(0, values.distance2(network.getLayer(3).getParam(name)), 1e-6, name));
  }

  static Stream<BackpropRule> rules() {
    return Stream.of(new AsfBackprop(), new SpatioTemporalBackprop());
  }

  /** Currents of currents, the same at every step because the features are, or step by step. */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnFromConstantCurrentsAsFromSteps(BackpropRule rule) {
    Nd4j.getRandom().setSeed(5);
    INDArray images = Nd4j.rand(6, 2, 5, 6);
    ComputationGraph constant = graph(SpikeEncoding.direct(STEPS).build(), IMAGES, rule);
    ComputationGraph stepwise =
        graph(SpikeEncoding.frames().build(), Networks.film(STEPS, 5, 6, 2), rule);
    INDArray before = constant.params().dup();
    constant.fit(new DataSet(images, Networks.labels(6, 3)));
    stepwise.fit(new DataSet(Nd4j.stack(2, images, images, images, images), Networks.labels(6, 3)));
    assertTrue(before.distance2(constant.params()) > 1e-3);
    assertEquals(0, stepwise.params().distance2(constant.params()), 1e-5);
  }

  private static ComputationGraph graph(
      SpikeEncoding encoding, InputType features, BackpropRule rule) {
    return Networks.of(
        Networks.seeded(3)
            .updater(new Sgd(0.1))
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(features)
            .addLayer("encoding", encoding, "image")
            .addLayer("one", graded(), "encoding")
            .addLayer("other", graded(), "one")
            .addVertex("sum", new SpikingAdd(), "one", "other")
            .addLayer(
                "neurons",
                new SpikingPooling2D.Builder(PoolingType.AVG, 1, 1)
                    .threshold(0.4)
                    .backprop(rule)
                    .build(),
                "sum")
            .addLayer("answer", Networks.softmax(3), "neurons")
            .setOutputs("answer"));
  }

  private static SpikingConvolution2D graded() {
    return new SpikingConvolution2D.Builder(3, 3).nOut(3).neuron(new GradedNeuron()).build();
  }
}
