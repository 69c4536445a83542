package org.dl4jsnn.examples.guide;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A layer type written outside the library does the same as a convolution whose kernels are zero
 * between different channels.
 */
class DepthwiseTest {

  private static final int CHANNELS = 3;
  private static final int KERNEL = 3;
  private static final int SAMPLES = 4;

  @TempDir private Path folder;

  static List<BackpropRule> rules() {
    return List.of(new AsfBackprop(), new RateBackprop(), new SpatioTemporalBackprop());
  }

  private static MultiLayerNetwork network(
      BaseSpikingLayer layer, BackpropRule rule, Layer encoding) {
    layer.setBackprop(rule);
    return GuideTest.network(
        new NeuralNetConfiguration.Builder().seed(5).updater(new Sgd(0.1)),
        InputType.convolutional(6, 5, CHANNELS),
        2,
        encoding,
        layer);
  }

  private static CustomDepthwiseConvolution2D depthwise() {
    return new CustomDepthwiseConvolution2D.Builder(KERNEL).threshold(0.4).leak(0.9).build();
  }

  private static SpikingConvolution2D full() {
    return new SpikingConvolution2D.Builder(KERNEL, KERNEL)
        .nOut(CHANNELS)
        .threshold(0.4)
        .leak(0.9)
        .build();
  }

  /** Kernels [channels, channels, kernel, kernel] with those of the depthwise layer inside. */
  private static INDArray spelledOut(INDArray kernels) {
    INDArray weights = Nd4j.zeros(CHANNELS, CHANNELS, KERNEL, KERNEL);
    for (int channel = 0; channel < CHANNELS; channel++) {
      weights
          .get(NDArrayIndex.point(channel), NDArrayIndex.point(channel))
          .assign(kernels.get(NDArrayIndex.point(0), NDArrayIndex.point(channel)));
    }
    return weights;
  }

  private static DataSet data() {
    Nd4j.getRandom().setSeed(3);
    INDArray labels = Nd4j.zeros(SAMPLES, 2);
    for (int sample = 0; sample < SAMPLES; sample++) {
      labels.putScalar(sample, sample % 2, 1);
    }
    return new DataSet(Nd4j.rand(SAMPLES, CHANNELS, 6, 5), labels);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLearnAsTheConvolutionThatItIs(BackpropRule rule) {
    for (SpikeEncoding encoding :
        List.of(SpikeEncoding.poisson(12).build(), SpikeEncoding.direct(12).build())) {
      MultiLayerNetwork own = network(depthwise(), rule, encoding.clone());
      MultiLayerNetwork stock = network(full(), rule, encoding.clone());
      INDArray kernels = own.getLayer(1).getParam(Synapse.WEIGHT);
      kernels.assign(Nd4j.math().round(kernels.mul(64)).div(64)); // sums are exact
      stock.getLayer(1).getParam(Synapse.WEIGHT).assign(spelledOut(kernels));
      stock.getLayer(2).setParams(own.getLayer(2).params().dup());
      DataSet data = data();
      INDArray rates = own.feedForward(data.getFeatures()).get(2);
      assertTrue(rates.sumNumber().doubleValue() > 0, "a silent layer shows nothing");
      assertEquals(stock.feedForward(data.getFeatures()).get(2), rates);
      own.fit(data);
      stock.fit(data);
      INDArray expected = stock.getLayer(1).getParam(Synapse.WEIGHT);
      INDArray masked = expected.mul(spelledOut(Nd4j.ones(1, CHANNELS, KERNEL, KERNEL)));
      assertArrayEquals(
          masked.dup('c').data().asFloat(),
          spelledOut(own.getLayer(1).getParam(Synapse.WEIGHT)).data().asFloat(),
          1e-5f);
    }
  }

  @Test
  void shouldBeSavedAndRestored() throws IOException {
    MultiLayerNetwork network =
        network(depthwise(), new AsfBackprop(), SpikeEncoding.poisson(12).build());
    network.fit(data());
    Path file = folder.resolve("own-layer.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    assertEquals(network.getLayerWiseConfigurations(), restored.getLayerWiseConfigurations());
    assertSameBits(network.output(data().getFeatures()), restored.output(data().getFeatures()));
  }
}
