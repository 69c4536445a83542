package org.dl4jsnn.conventional;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The layer against Deeplearning4j's own. */
class FastBatchNormalizationTest {

  private static MultiLayerConfiguration configuration(boolean quick, boolean logarithmic) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(DataType.FLOAT)
            .updater(new Sgd(0.1))
            .convolutionMode(ConvolutionMode.Same)
            .list()
            .layer(
                new ConvolutionLayer.Builder(3, 3)
                    .nOut(5)
                    .activation(Activation.IDENTITY)
                    .hasBias(false)
                    .build())
            .layer(layer(quick, logarithmic))
            .layer(new ActivationLayer(Activation.RELU))
            .layer(new DenseLayer.Builder().nOut(7).activation(Activation.IDENTITY).build())
            .layer(layer(quick, logarithmic))
            .layer(new ActivationLayer(Activation.RELU));
    return list.layer(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build())
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

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 9, 3);
    for (int i = 0; i < 9; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    return labels;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldComputeWhatDeeplearning4jDoes(boolean logarithmic) {
    MultiLayerNetwork stock = network(false, logarithmic);
    MultiLayerNetwork quick = network(true, logarithmic);
    assertSameBits(stock.params(), quick.params(), "the same start");
    INDArray features = features(5);
    assertTrue(quick.output(features, true).equalsWithEps(stock.output(features, true), 1e-5));
    Pair<Gradient, INDArray> expected = stock.calculateGradients(features, labels(), null, null);
    Pair<Gradient, INDArray> actual = quick.calculateGradients(features, labels(), null, null);
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
      stock.fit(features(step), labels());
      quick.fit(features(step), labels());
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
          new MultiLayerNetwork(
              new NeuralNetConfiguration.Builder()
                  .seed(3)
                  .updater(new Sgd(0.1))
                  .trainingWorkspaceMode(WorkspaceMode.NONE)
                  .list()
                  .layer(
                      new ConvolutionLayer.Builder(3, 3)
                          .nOut(4)
                          .activation(Activation.IDENTITY)
                          .build())
                  .layer(new FrozenLayerWithBackprop(layer(i == 1, true)))
                  .layer(
                      new OutputLayer.Builder(new LossMCXENT())
                          .nOut(3)
                          .activation(Activation.SOFTMAX)
                          .build())
                  .setInputType(InputType.convolutional(6, 5, 2))
                  .build());
      network.init();
      INDArray before = network.getParam("0_W").dup();
      for (int step = 1; step <= 3; step++) {
        network.fit(features(step), labels());
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
}
