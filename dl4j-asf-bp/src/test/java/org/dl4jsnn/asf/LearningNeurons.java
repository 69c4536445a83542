package org.dl4jsnn.asf;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Small networks whose neurons learn. */
final class LearningNeurons {

  static final int NEURONS = 20;
  private static final int FEATURES = 4;
  private static final int STEPS = 15;

  private LearningNeurons() {}

  /** Every kind, with every kind of reset. */
  static List<DifferentiableDynamics> all() {
    SpikingNeuron zero = SpikingNeuron.leakyIntegrateAndFire(0.6, 0.9);
    SpikingNeuron soft = zero.withReset(Reset.bySubtraction());
    SpikingNeuron value = new SpikingNeuron(0.6, 0.8, Reset.to(-0.2), 0.1);
    return List.of(
        zero,
        soft,
        value,
        new SynapticNeuron(zero, 0.5),
        new SynapticNeuron(soft, 0.6),
        new AdaptiveNeuron(zero, 0.3, 0.8),
        new AdaptiveNeuron(soft, 0.2, 0.7),
        new RefractoryNeuron(zero, 1),
        new RefractoryNeuron(value, 2));
  }

  /** The parameters that a neuron can learn. */
  static String[] names(DifferentiableDynamics neuron) {
    return neuron.parameters().stream()
        .filter(NeuronParameter::isLearnable)
        .map(NeuronParameter::name)
        .toArray(String[]::new);
  }

  /** Learns all that the neuron can learn. */
  static MultiLayerNetwork network(
      DifferentiableDynamics neuron, BackpropRule rule, boolean perChannel, DataType type) {
    return network(layer(neuron, rule, perChannel, names(neuron)), type);
  }

  /** Learns thresholds. */
  static MultiLayerNetwork thresholds(
      DifferentiableDynamics neuron, BackpropRule rule, boolean perChannel, DataType type) {
    return network(layer(neuron, rule, perChannel, NeuronParameter.THRESHOLD), type);
  }

  static SpikingDense.Builder layer(
      DifferentiableDynamics neuron, BackpropRule rule, boolean perChannel, String... learned) {
    SpikingDense.Builder layer =
        new SpikingDense.Builder().nOut(NEURONS).neuron(neuron).backprop(rule);
    return perChannel ? layer.learnPerChannel(learned) : layer.learnPerLayer(learned);
  }

  static MultiLayerNetwork network(SpikingDense.Builder layer, DataType type) {
    return Networks.of(configuration(layer, type));
  }

  static MultiLayerConfiguration configuration(SpikingDense.Builder layer, DataType type) {
    return Networks.list(
            new NeuralNetConfiguration.Builder().seed(7).updater(new Adam(0.02)).dataType(type),
            InputType.feedForward(FEATURES),
            SpikeEncoding.direct(STEPS).build(),
            layer.build(),
            Networks.softmax(2))
        .build();
  }

  /** Two features against the other two. */
  static DataSet data(int samples) {
    Nd4j.getRandom().setSeed(8);
    INDArray features = Nd4j.rand(samples, FEATURES);
    INDArray labels = Nd4j.zeros(samples, 2);
    for (int i = 0; i < samples; i++) {
      double left = features.getDouble(i, 0) + features.getDouble(i, 1);
      double right = features.getDouble(i, 2) + features.getDouble(i, 3);
      labels.putScalar(i, left > right ? 0 : 1, 1);
    }
    return new DataSet(features, labels);
  }
}
