package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Networks that learn what only the timing of spikes shows: which of two inputs came first. Both
 * have the same rates in both classes.
 */
class ReadingTimeTest {

  private static final int SAMPLES = 32;
  private static final int STEPS = 12;
  private static final int INPUTS = 4;
  private static final int CLASSES = 2;

  private final INDArray features = Nd4j.create(SAMPLES, INPUTS, STEPS);
  private final INDArray labels = Nd4j.create(SAMPLES, CLASSES);

  ReadingTimeTest() {
    Random random = new Random(6);
    for (int sample = 0; sample < SAMPLES; sample++) {
      int first = sample % CLASSES;
      labels.putScalar(sample, first, 1);
      burst(sample, first, random.nextInt(2));
      burst(sample, 1 - first, 6 + random.nextInt(2));
    }
  }

  /** Three steps of spikes of an input's two channels. */
  private void burst(int sample, int input, int step) {
    for (int k = 0; k < 3; k++) {
      features.putScalar(sample, 2 * input, step + k, 1);
      features.putScalar(sample, 2 * input + 1, step + k, 1);
    }
  }

  /** Labels repeated over time, as a loss at every step takes them. */
  private INDArray labelsOverTime() {
    return labels.reshape(SAMPLES, CLASSES, 1).broadcast(SAMPLES, CLASSES, STEPS).dup('c');
  }

  @ParameterizedTest
  @EnumSource(names = {"LAST", "MEAN", "MAXIMUM"})
  void shouldLearnByALossOfTheMembrane(MembraneReadOut reads) {
    MultiLayerNetwork network = network(readOut(8).reads(reads).build(), softmax());
    fit(network, labels);
    assertLearned(network.output(features));
  }

  @Test
  void shouldLearnByALossAtEveryStep() {
    MultiLayerNetwork network =
        network(
            readOut(8).reads(MembraneReadOut.COURSE).build(),
            new RnnOutputLayer.Builder(new LossMCXENT())
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build());
    fit(network, labelsOverTime());
    assertLearned(network.output(features).mean(2));
  }

  /** Temporal efficient training: a loss of the currents of every step. */
  @Test
  void shouldLearnByTemporalEfficientTraining() {
    MultiLayerNetwork network =
        network(
            readOut(CLASSES).leak(0).reads(MembraneReadOut.COURSE).build(),
            new RnnLossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build());
    fit(network, labelsOverTime());
    assertLearned(network.output(features).mean(2));
  }

  @Test
  void shouldLearnBehindAnLstm() {
    MultiLayerNetwork network =
        network(
            readOut(6).leak(0).reads(MembraneReadOut.COURSE).build(),
            new LastTimeStep(new LSTM.Builder().nOut(6).activation(Activation.TANH).build()),
            softmax());
    INDArray before = network.getParam("1_W").dup();
    fit(network, labels);
    assertTrue(before.distance2(network.getParam("1_W")) > 0.1, "spikes got no gradient");
    assertLearned(network.output(features));
  }

  private void fit(MultiLayerNetwork network, INDArray target) {
    for (int epoch = 0; epoch < 30; epoch++) {
      network.fit(features, target);
    }
  }

  private void assertLearned(INDArray answers) {
    assertEquals(labels.argMax(1), answers.argMax(1));
  }

  private static LeakyReadOut.Builder readOut(int outputs) {
    return new LeakyReadOut.Builder().nOut(outputs).leak(0.8);
  }

  private static OutputLayer softmax() {
    return Networks.softmax(CLASSES);
  }

  private static MultiLayerNetwork network(Layer... last) {
    List<Layer> layers = new ArrayList<>();
    layers.add(SpikeEncoding.frames().build());
    layers.add(new SpikingDense.Builder().nOut(24).leak(0.9).reset(Reset.bySubtraction()).build());
    layers.addAll(List.of(last));
    return Networks.of(
        Networks.seeded(3).updater(new Adam(1e-2)),
        InputType.recurrent(INPUTS),
        layers.toArray(Layer[]::new));
  }
}
