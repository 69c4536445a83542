package org.dl4jsnn.conventional;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.indices;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The layers against Deeplearning4j's own. */
class FastLayersTest {

  private static MultiLayerConfiguration configuration(boolean quick, boolean logarithmic) {
    Layer[] layers = {
      new ConvolutionLayer.Builder(3, 3)
          .nOut(5)
          .activation(Activation.IDENTITY)
          .hasBias(false)
          .build(),
      layer(quick, logarithmic),
      new ActivationLayer(Activation.RELU),
      new DenseLayer.Builder().nOut(7).activation(Activation.IDENTITY).build(),
      layer(quick, logarithmic),
      new ActivationLayer(Activation.RELU),
      Networks.softmax(3)
    };
    return Networks.row(
            Networks.seeded(3)
                .dataType(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .convolutionMode(ConvolutionMode.Same),
            layers)
        .setInputType(InputType.convolutional(6, 5, 2))
        .build();
  }

  private static BatchNormalization layer(boolean quick, boolean logarithmic) {
    BatchNormalization layer = quick ? new FastBatchNormalization() : new BatchNormalization();
    layer.setUseLogStd(logarithmic);
    return layer;
  }

  private static MultiLayerNetwork network(boolean quick, boolean logarithmic) {
    return Networks.of(configuration(quick, logarithmic));
  }

  private static INDArray features(int seed) {
    Nd4j.getRandom().setSeed(seed);
    return Nd4j.randn(DataType.FLOAT, 9, 2, 6, 5).muli(2).addi(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldComputeWhatDeeplearning4jDoes(boolean logarithmic) {
    MultiLayerNetwork stock = network(false, logarithmic);
    MultiLayerNetwork quick = network(true, logarithmic);
    assertSameBits(stock.params(), quick.params(), "the same start");
    INDArray features = features(5);
    assertTrue(quick.output(features, true).equalsWithEps(stock.output(features, true), 1e-5));
    Pair<Gradient, INDArray> expected =
        stock.calculateGradients(features, Networks.labels(9, 3), null, null);
    Pair<Gradient, INDArray> actual =
        quick.calculateGradients(features, Networks.labels(9, 3), null, null);
    double largest = expected.getFirst().gradient().amaxNumber().doubleValue();
    for (Map.Entry<String, INDArray> entry : expected.getFirst().gradientForVariable().entrySet()) {
      INDArray gradient = actual.getFirst().getGradientFor(entry.getKey());
      double size = entry.getValue().amaxNumber().doubleValue();
      // A bias in front of a normalisation has no gradient: what is there is rounding.
      boolean cancels = entry.getKey().equals("3_b");
      assertTrue(!cancels || size < 1e-5 * largest, "a gradient after all: " + size);
      assertTrue(
          gradient.equalsWithEps(entry.getValue(), cancels ? 1e-5 * largest : 1e-4 * size + 1e-6),
          () -> entry.getKey() + ": " + gradient + " instead of " + entry.getValue());
    }
    assertTrue(actual.getSecond().equalsWithEps(expected.getSecond(), 1e-5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLearnTheSameStatistics(boolean logarithmic) {
    MultiLayerNetwork stock = network(false, logarithmic);
    MultiLayerNetwork quick = network(true, logarithmic);
    for (int step = 1; step <= 5; step++) {
      stock.fit(features(step), Networks.labels(9, 3));
      quick.fit(features(step), Networks.labels(9, 3));
    }
    assertTrue(quick.params().equalsWithEps(stock.params(), 1e-3));
    assertTrue(quick.output(features(9)).equalsWithEps(stock.output(features(9)), 1e-3));
  }

  /** Channels in another order would show: each has its own statistics. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAnswerByTheRunningStatistics(boolean logarithmic) {
    MultiLayerNetwork stock = network(false, logarithmic);
    MultiLayerNetwork quick = network(true, logarithmic);
    for (String parameter : List.of("1_gamma", "1_beta", "1_mean", "4_gamma", "4_mean")) {
      INDArray values = stock.getParam(parameter);
      values.assign(Nd4j.rand(DataType.FLOAT, values.shape()).addi(0.3));
    }
    for (String parameter : List.of("1", "4")) {
      INDArray values = stock.getParam(parameter + (logarithmic ? "_log10stdev" : "_var"));
      values.assign(Nd4j.rand(DataType.FLOAT, values.shape()).addi(0.1));
    }
    quick.setParams(stock.params());
    INDArray features = features(5);
    List<INDArray> expected = stock.feedForward(features, false);
    List<INDArray> actual = quick.feedForward(features, false);
    for (int layer : new int[] {2, 5}) {
      assertTrue(actual.get(layer).equalsWithEps(expected.get(layer), 1e-5), "layer " + layer);
    }
  }

  /** Behind it a layer learns, though it is run as in inference. */
  @Test
  void shouldPassGradientsOnWhereItIsFrozen() {
    INDArray[] learned = new INDArray[2];
    for (int i = 0; i < 2; i++) {
      MultiLayerNetwork network =
          Networks.of(
              Networks.seeded(3).updater(new Sgd(0.1)).trainingWorkspaceMode(WorkspaceMode.NONE),
              InputType.convolutional(6, 5, 2),
              new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.IDENTITY).build(),
              new FrozenLayerWithBackprop(layer(i == 1, true)),
              Networks.softmax(3));
      INDArray before = network.getParam("0_W").dup();
      for (int step = 1; step <= 3; step++) {
        network.fit(features(step), Networks.labels(9, 3));
      }
      assertNotEquals(before, network.getParam("0_W"));
      learned[i] = network.params();
    }
    assertTrue(learned[1].equalsWithEps(learned[0], 1e-4), () -> learned[1] + " and " + learned[0]);
  }

  /** What Deeplearning4j's own layer leaves to the garbage collector is freed much later. */
  @Test
  void shouldLeaveNoMemoryBehindInInference() {
    MultiLayerNetwork network = network(true, true);
    INDArray features = Nd4j.rand(DataType.FLOAT, 5000, 2, 6, 5);
    for (int i = 0; i < 3; i++) {
      network.output(features);
    }
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 50; i++) {
      network.output(features);
    }
    // 50 times two arrays of 5000 · 5 · 6 · 5 numbers are up to 300 MB.
    long more = Pointer.physicalBytes() - before;
    assertTrue(more < 100 << 20, more + " bytes more");
  }

  @Test
  void shouldBeSavedAndLoaded() throws Exception {
    MultiLayerConfiguration configuration = configuration(true, true);
    MultiLayerConfiguration loaded =
        SafeModels.defaults().multiLayerFromJson(configuration.toJson());
    assertEquals(configuration, loaded);
    assertEquals(FastBatchNormalization.class, loaded.getConf(1).getLayer().getClass());
  }

  private static MultiLayerConfiguration configuration(
      boolean quick, int kernel, int stride, ConvolutionMode mode, Activation activation) {
    return Networks.row(
            Networks.seeded(3).dataType(DataType.FLOAT).convolutionMode(mode),
            layer(quick, kernel, stride, activation, true),
            layer(quick, kernel, 1, activation, false),
            Networks.softmax(3))
        .setInputType(InputType.convolutional(13, 12, 2))
        .build();
  }

  private static Layer layer(
      boolean quick, int kernel, int stride, Activation activation, boolean biased) {
    ConvolutionLayer.BaseConvBuilder<?> builder =
        quick
            ? new FastConvolution2D.Builder(kernel, kernel)
            : new ConvolutionLayer.Builder(kernel, kernel);
    builder.stride(stride, stride);
    return builder.nOut(20).activation(activation).hasBias(biased).build();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, Same, RELU",
    "3, 1, Truncate, IDENTITY",
    "5, 1, Same, TANH",
    "3, 2, Truncate, RELU",
    "2, 2, Same, RELU"
  })
  void shouldConvolveAsDeeplearning4jDoes(
      int kernel, int stride, ConvolutionMode mode, Activation activation) {
    MultiLayerNetwork stock = Networks.of(configuration(false, kernel, stride, mode, activation));
    MultiLayerNetwork quick = Networks.of(configuration(true, kernel, stride, mode, activation));
    assertSameBits(stock.params(), quick.params(), "the same start");
    Nd4j.getRandom().setSeed(5);
    INDArray features = Nd4j.randn(DataType.FLOAT, 4, 2, 13, 12);
    INDArray labels = Networks.labels(4, 3);
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
      networks[i] = Networks.of(configuration).convertDataType(type);
    }
    INDArray features =
        Nd4j.rand(DataType.FLOAT, 4, 2, 13, 12).mul(3).castTo(DataType.INT32).castTo(featureType);
    INDArray labels = Nd4j.eye(3).castTo(type).get(indices(0, 1, 2, 0)).dup();
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
        Networks.seeded(3).dataType(DataType.FLOAT).convolutionMode(ConvolutionMode.Same),
        InputType.convolutional(6, 6, 2),
        layer,
        Networks.softmax(3));
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
  void shouldSaveAndLoadConvolutions() throws Exception {
    MultiLayerConfiguration configuration =
        configuration(true, 3, 1, ConvolutionMode.Same, Activation.RELU);
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, SafeModels.defaults().multiLayerFromJson(configuration.toJson()));
  }
}
