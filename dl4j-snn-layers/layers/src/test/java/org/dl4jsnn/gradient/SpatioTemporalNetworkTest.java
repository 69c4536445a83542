package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rule in a network of Deeplearning4j gives the gradients of the reference, step by step. */
class SpatioTemporalNetworkTest {

  private static final int STEPS = 7;
  private static final int MINIBATCH = 5;
  private static final Surrogate SURROGATE = Surrogate.arctan(0.8);

  static Stream<Arguments> cases() {
    SpatioTemporalBackprop attached = new SpatioTemporalBackprop(SURROGATE).withAttachedReset();
    return Cases.crossed(
        1,
        List.of(DataType.DOUBLE, DataType.FLOAT),
        List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE),
        List.of(
            attached,
            new SpatioTemporalBackprop(SURROGATE).withDetachedReset(),
            attached.withSegments(1),
            attached.withSegments(3),
            attached.withSegments(100)),
        List.of(Reset.toZero(), Reset.bySubtraction(), Reset.to(-0.25)));
  }

  @ParameterizedTest(name = "{0}, workspaces {1}, {2}, reset {3}")
  @MethodSource("cases")
  void shouldGiveTheGradientsOfTheReference(
      DataType type, WorkspaceMode mode, SpatioTemporalBackprop rule, Reset reset) {
    MultiLayerNetwork network = network(type, mode, rule, reset);
    INDArray features = features(type);
    INDArray labels = Nd4j.rand(type, MINIBATCH, 3);
    Networks.backprop(network, features, labels);

    boolean detached = rule.toString().contains("detached");
    UnrolledReference reference =
        new UnrolledReference(layers(network), SURROGATE, false, detached);
    INDArray rates = reference.forward(features);
    INDArray readOut = network.getParam("4_W").castTo(DataType.DOUBLE);
    INDArray error = rates.mmul(readOut).sub(labels.castTo(DataType.DOUBLE)).mul(2);
    List<Map<String, INDArray>> expected = reference.backward(error.mmul(readOut.transpose()));
    assertTrue(rates.sumNumber().doubleValue() > 0, "silent");
    // Membranes are simulated in single precision whatever the network's type.
    double tolerance = type == DataType.DOUBLE ? 1e-6 : 2e-5;
    for (int layer = 1; layer <= 3; layer++) {
      for (Map.Entry<String, INDArray> entry : expected.get(layer - 1).entrySet()) {
        INDArray actual = network.gradient().getGradientFor(layer + "_" + entry.getKey());
        assertNotEquals(0, entry.getValue().norm2Number().doubleValue());
        assertEquals(
            0,
            actual.castTo(DataType.DOUBLE).distance2(entry.getValue()),
            tolerance * entry.getValue().norm2Number().doubleValue(),
            layer + entry.getKey());
      }
    }
  }

  private static MultiLayerNetwork network(
      DataType type, WorkspaceMode mode, BackpropRule rule, Reset reset) {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).dataType(type).trainingWorkspaceMode(mode).miniBatch(false),
            Networks.film(STEPS, 6, 6, 2),
            SpikeEncoding.frames().build(),
            new SpikingConvolution2D.Builder(3, 3)
                .nOut(4)
                .hasBias(true)
                .leak(0.875)
                .reset(reset)
                .backprop(rule)
                .build(),
            new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).backprop(rule).build(),
            new SpikingDense.Builder().nOut(6).threshold(0.75).reset(reset).backprop(rule).build(),
            Networks.readOut(3));
    Networks.round(network.params());
    return network;
  }

  private static List<UnrolledReference.Layer> layers(MultiLayerNetwork network) {
    List<UnrolledReference.Layer> layers = new ArrayList<>();
    FeatureShape input = FeatureShape.image(2, 6, 6);
    for (int i = 1; i <= 3; i++) {
      BaseSpikingLayer conf = (BaseSpikingLayer) network.getLayer(i).conf().getLayer();
      Map<String, INDArray> parameters = new LinkedHashMap<>();
      network
          .getLayer(i)
          .paramTable()
          .forEach((name, value) -> parameters.put(name, value.castTo(DataType.DOUBLE).dup('c')));
      layers.add(
          new UnrolledReference.Layer(
              conf.synapse(input, parameters), (SpikingNeuron) conf.getNeuron(), parameters));
      input = conf.outputShape(input);
    }
    return layers;
  }

  /** Signed, graded and ordinary spikes, multiples of 1/4. */
  private static INDArray features(DataType type) {
    Nd4j.getRandom().setSeed(2);
    INDArray values = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS, 6, 6).muli(8).subi(3);
    return Nd4j.math().round(values).div(4).castTo(type);
  }
}
