package org.dl4jsnn.conventional;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The layer against Deeplearning4j's own. */
class FastConvolution2DTest {

  private static MultiLayerConfiguration configuration(
      boolean quick, int kernel, int stride, ConvolutionMode mode, Activation activation) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(DataType.FLOAT)
            .convolutionMode(mode)
            .list();
    for (int k = 0; k < 2; k++) {
      list.layer(layer(quick, kernel, k == 0 ? stride : 1, activation, k == 0));
    }
    return list.layer(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(13, 12, 2))
        .build();
  }

  private static Layer layer(
      boolean quick, int kernel, int stride, Activation activation, boolean biased) {
    if (quick) {
      return new FastConvolution2D.Builder(kernel, kernel)
          .stride(stride, stride)
          .nOut(20)
          .activation(activation)
          .hasBias(biased)
          .build();
    }
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .nOut(20)
        .activation(activation)
        .hasBias(biased)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, Same, RELU",
    "3, 1, Truncate, IDENTITY",
    "5, 1, Same, TANH",
    "3, 2, Truncate, RELU",
    "2, 2, Same, RELU"
  })
  void shouldComputeWhatDeeplearning4jDoes(
      int kernel, int stride, ConvolutionMode mode, Activation activation) {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(configuration(false, kernel, stride, mode, activation));
    MultiLayerNetwork quick =
        new MultiLayerNetwork(configuration(true, kernel, stride, mode, activation));
    stock.init();
    quick.init();
    assertSameBits(stock.params(), quick.params(), "the same start");
    Nd4j.getRandom().setSeed(5);
    INDArray features = Nd4j.randn(DataType.FLOAT, 4, 2, 13, 12);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 4, 3);
    for (int i = 0; i < 4; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    assertTrue(quick.output(features).equalsWithEps(stock.output(features), 1e-5));
    Pair<Gradient, INDArray> expected = stock.calculateGradients(features, labels, null, null);
    Pair<Gradient, INDArray> actual = quick.calculateGradients(features, labels, null, null);
    for (Map.Entry<String, INDArray> entry : expected.getFirst().gradientForVariable().entrySet()) {
      INDArray gradient = actual.getFirst().getGradientFor(entry.getKey());
      double size = entry.getValue().amaxNumber().doubleValue();
      assertTrue(
          gradient.equalsWithEps(entry.getValue(), 1e-4 * size), entry.getKey() + " of " + size);
    }
    assertTrue(actual.getSecond().equalsWithEps(expected.getSecond(), 1e-5));
  }

  /** Deeplearning4j's layer converts its input to the network's type. */
  @ParameterizedTest
  @CsvSource({"FLOAT, UBYTE", "FLOAT, DOUBLE", "DOUBLE, FLOAT"})
  void shouldTakeFeaturesOfOtherTypes(DataType type, DataType featureType) {
    MultiLayerNetwork[] networks = new MultiLayerNetwork[2];
    for (int i = 0; i < 2; i++) {
      MultiLayerConfiguration configuration =
          configuration(i == 1, 3, 1, ConvolutionMode.Same, Activation.RELU);
      networks[i] = new MultiLayerNetwork(configuration);
      networks[i].init();
      networks[i] = networks[i].convertDataType(type);
    }
    INDArray features =
        Nd4j.rand(DataType.FLOAT, 4, 2, 13, 12).mul(3).castTo(DataType.INT32).castTo(featureType);
    INDArray labels = Nd4j.eye(3).castTo(type).get(NDArrayIndex.indices(0, 1, 2, 0)).dup();
    INDArray expected = networks[0].output(features);
    INDArray actual = networks[1].output(features);
    assertEquals(type, actual.dataType());
    assertTrue(actual.equalsWithEps(expected, 1e-5), actual + " and " + expected);
    networks[0].fit(features, labels);
    networks[1].fit(features, labels);
    assertTrue(networks[1].params().equalsWithEps(networks[0].params(), 1e-4));
  }

  private static MultiLayerNetwork single(Layer layer) {
    return Networks.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(DataType.FLOAT)
            .convolutionMode(ConvolutionMode.Same)
            .list()
            .layer(layer)
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutional(6, 6, 2))
            .build());
  }

  /** Every weight is kept with probability 1e-9, so the layer's output in training is its bias. */
  @Test
  void shouldApplyNoiseToItsWeightsInTrainingAlone() {
    MultiLayerNetwork noisy =
        single(
            new FastConvolution2D.Builder(3, 3)
                .nOut(4)
                .activation(Activation.IDENTITY)
                .weightNoise(new DropConnect(1e-9))
                .build());
    INDArray features = Nd4j.ones(DataType.FLOAT, 2, 2, 6, 6);
    assertEquals(0, noisy.feedForward(features, true).get(1).amaxNumber().doubleValue());
    assertTrue(noisy.feedForward(features, false).get(1).amaxNumber().doubleValue() > 0);
  }

  @Test
  void shouldRefuseInputOfOtherShapes() {
    MultiLayerNetwork network =
        single(new FastConvolution2D.Builder(3, 3).nOut(4).activation(Activation.RELU).build());
    for (INDArray input :
        List.of(
            Nd4j.ones(DataType.FLOAT, 2, 1, 6, 6),
            Nd4j.ones(DataType.FLOAT, 2, 3, 6, 6),
            Nd4j.ones(DataType.FLOAT, 2, 72))) {
      assertThrows(DL4JInvalidInputException.class, () -> network.output(input));
    }
  }

  @Test
  void shouldIgnorePaddingInSameModeAsDeeplearning4jDoes() {
    INDArray features = Nd4j.ones(DataType.FLOAT, 2, 2, 6, 6);
    INDArray plain = single(new FastConvolution2D.Builder(3, 3).nOut(4).build()).output(features);
    assertSameBits(
        plain,
        single(new FastConvolution2D.Builder(3, 3).padding(1, 1).nOut(4).build()).output(features));
  }

  @Test
  void shouldBeSavedAndLoaded() throws Exception {
    MultiLayerConfiguration configuration =
        configuration(true, 3, 1, ConvolutionMode.Same, Activation.RELU);
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, SafeModels.defaults().multiLayerFromJson(configuration.toJson()));
  }
}
