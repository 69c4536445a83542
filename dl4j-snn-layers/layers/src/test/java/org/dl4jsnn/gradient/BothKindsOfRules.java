package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dense layers whose rules know time or rates only, in double precision, and their reference. */
final class BothKindsOfRules {

  static final int STEPS = 6;
  static final int MINIBATCH = 4;
  static final int INPUTS = 7;
  static final InputType TYPE = InputType.recurrent(INPUTS, STEPS);
  static final Surrogate SURROGATE = Surrogate.arctan(1);
  static final BackpropRule IN_TIME = new SpatioTemporalBackprop(SURROGATE).withAttachedReset();
  static final BackpropRule BY_RATES = new UnitSlope();

  /** Takes rates for currents: the simplest rule that knows rates only. */
  private record UnitSlope() implements BackpropRule {
    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      return pass.propagate(rateGradient);
    }
  }

  private BothKindsOfRules() {}

  static NeuralNetConfiguration.Builder settings() {
    return Networks.seeded(3).dataType(DataType.DOUBLE).miniBatch(false);
  }

  static SpikingDense dense(int outputs, BackpropRule rule) {
    return new SpikingDense.Builder().nOut(outputs).leak(0.75).backprop(rule).build();
  }

  static INDArray features() {
    Nd4j.getRandom().setSeed(4);
    return Nd4j.math().round(Nd4j.rand(DataType.DOUBLE, MINIBATCH, INPUTS, STEPS).muli(6)).div(4);
  }

  static INDArray labels() {
    return Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2);
  }

  /** The layers between frames and a read-out. */
  static MultiLayerNetwork network(NeuralNetConfiguration.Builder settings, Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(SpikeEncoding.frames().build()));
    all.addAll(List.of(layers));
    all.add(Networks.readOut(2));
    MultiLayerNetwork network = Networks.of(settings, TYPE, all.toArray(Layer[]::new));
    Networks.round(network.params());
    return network;
  }

  /** Begins with frames; the read-out of a layer is its output. */
  static ComputationGraphConfiguration.GraphBuilder graph(
      NeuralNetConfiguration.Builder settings, InputType type, String last) {
    return settings
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(type)
        .addLayer("encoding", SpikeEncoding.frames().build(), "in")
        .addLayer("out", Networks.readOut(2), last)
        .setOutputs("out");
  }

  static void backprop(ComputationGraph graph, INDArray features, INDArray labels) {
    graph.setInputs(features);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
  }

  static UnrolledReference reference(INDArray... weights) {
    return new UnrolledReference(
        Arrays.stream(weights).map(BothKindsOfRules::layer).toList(), SURROGATE, false, false);
  }

  private static UnrolledReference.Layer layer(INDArray weights) {
    INDArray copy = weights.dup('c');
    return new UnrolledReference.Layer(
        new DenseSynapse(FeatureShape.vector((int) weights.size(0)), copy, null),
        new SpikingNeuron(1, 0.75, Reset.toZero(), 0),
        Map.of(Synapse.WEIGHT, copy));
  }

  static void assertClose(INDArray expected, INDArray actual) {
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "no gradient at all");
    assertEquals(0, expected.distance2(actual), 1e-6 * norm);
  }
}
