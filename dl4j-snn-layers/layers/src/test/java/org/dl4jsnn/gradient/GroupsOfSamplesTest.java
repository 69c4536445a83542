package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A layer with too many neurons and steps to unroll a whole minibatch is unrolled in groups of
 * samples. Here they have eight, since eight samples of 64 steps and 16,384 neurons fill a block.
 */
class GroupsOfSamplesTest {

  private static final int STEPS = 64;
  private static final int SAMPLES = 9;
  private static final int SIDE = 32;
  private static final int NEURONS = 16 * SIDE * SIDE;

  @Test
  void shouldAddUpTheGradientsOfConvolutions() {
    assertSums(
        network(
            InputType.convolutional(SIDE, SIDE, 1), convolution().build(), convolution().build()),
        Nd4j.rand(SAMPLES, 1, SIDE, SIDE));
  }

  @Test
  void shouldAddUpTheGradientsOfRecurrentLayers() {
    assertSums(
        network(
            InputType.feedForward(2),
            new SpikingRecurrent.Builder().oneToOne(true).nOut(NEURONS).threshold(0.3).build(),
            new SpikingDense.Builder().nOut(4).threshold(0.3).build()),
        Nd4j.rand(SAMPLES, 2));
  }

  @Test
  void shouldAddUpTheGradientsOfReadOuts() {
    assertSums(
        network(
            InputType.convolutional(SIDE, SIDE, 1),
            convolution().build(),
            new LeakyReadOut.Builder()
                .nOut(4)
                .leak(0.9)
                .hasBias(true)
                .reads(MembraneReadOut.MEAN)
                .build()),
        Nd4j.rand(SAMPLES, 1, SIDE, SIDE));
  }

  private static SpikingConvolution2D.Builder convolution() {
    return new SpikingConvolution2D.Builder(3, 3).nOut(16).padding(1, 1).threshold(0.5);
  }

  private static MultiLayerNetwork network(InputType input, Layer first, Layer second) {
    Nd4j.getRandom().setSeed(7);
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(7).updater(new Sgd(0.1)),
            input,
            SpikeEncoding.direct(STEPS).build(),
            first,
            second,
            Networks.readOut(2));
    return BackpropRules.swap(network, new SpatioTemporalBackprop());
  }

  private static void assertSums(MultiLayerNetwork network, INDArray features) {
    INDArray labels = Nd4j.rand(SAMPLES, 2);
    INDArray all = gradient(network, features, labels, 0, SAMPLES);
    INDArray sum =
        gradient(network, features, labels, 0, 4)
            .add(gradient(network, features, labels, 4, SAMPLES));
    double error = all.distance2(sum) / sum.norm2Number().doubleValue();
    assertTrue(sum.norm2Number().doubleValue() > 0 && error < 1e-4, "error " + error);
    for (String name : network.paramTable().keySet()) {
      INDArray part = network.gradient().getGradientFor(name);
      assertTrue(part.norm2Number().doubleValue() > 0, name + " learns nothing here");
    }
  }

  private static INDArray gradient(
      MultiLayerNetwork network, INDArray features, INDArray labels, int first, int end) {
    Networks.backprop(
        network,
        features.get(NDArrayIndex.interval(first, end)).dup(),
        labels.get(NDArrayIndex.interval(first, end)).dup());
    return network.getFlattenedGradients().dup();
  }
}
