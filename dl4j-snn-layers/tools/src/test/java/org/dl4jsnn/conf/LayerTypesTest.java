package org.dl4jsnn.conf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.Networks;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Depthwise and one-dimensional convolutions, sums, and global pooling, in networks. */
class LayerTypesTest {

  private static final int STEPS = 6;

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    return Networks.of(
        Networks.seeded(1).updater(new Adam(1e-2)),
        input,
        SpikeEncoding.poisson(STEPS).build(),
        layers,
        Networks.softmax(2));
  }

  private static final InputType IMAGES = InputType.convolutional(6, 8, 3);
  private static final InputType ROWS = InputType.convolutional(1, 20, 3);

  private static SpikingDepthwiseConvolution2D.Builder depthwise() {
    return new SpikingDepthwiseConvolution2D.Builder(3, 2).threshold(0.5);
  }

  private static SpikingConvolution1D.Builder row() {
    return new SpikingConvolution1D.Builder(5).nOut(4).threshold(0.5);
  }

  @Test
  void shouldGiveTheirShapes() {
    INDArray images = Nd4j.rand(2, 3, 6, 8);
    assertShape(images, IMAGES, depthwise().build(), 2, 3, 6, 8);
    assertShape(images, IMAGES, depthwise().depthMultiplier(2).stride(2, 2).build(), 2, 6, 3, 4);
    assertShape(images, IMAGES, depthwise().padding(1, 0).dilation(1, 3).build(), 2, 3, 6, 5);
    assertShape(
        images, IMAGES, new SpikingPooling2D.Builder(PoolingType.SUM, 2, 4).build(), 2, 3, 3, 2);
    for (PoolingType type : List.of(PoolingType.SUM, PoolingType.AVG, PoolingType.MAX)) {
      assertShape(images, IMAGES, new SpikingGlobalPooling.Builder(type).build(), 2, 3);
    }
    INDArray rows = Nd4j.rand(2, 3, 1, 20);
    assertShape(rows, ROWS, row().build(), 2, 4, 1, 20);
    assertShape(rows, ROWS, row().stride(3).build(), 2, 4, 1, 7);
    assertShape(rows, ROWS, row().padding(1).dilation(2).build(), 2, 4, 1, 14);
  }

  private static void assertShape(INDArray features, InputType type, Layer layer, long... shape) {
    MultiLayerNetwork network = network(type, layer);
    assertArrayEquals(shape, network.feedForward(features).get(2).shape());
    MultiLayerNetwork again =
        new MultiLayerNetwork(
            MultiLayerConfiguration.fromJson(network.getLayerWiseConfigurations().toJson()));
    again.init(network.params(), true);
    assertEquals(network.getLayerWiseConfigurations(), again.getLayerWiseConfigurations());
    assertSameBits(network.output(features), again.output(features));
  }

  @Test
  void shouldEqualAConvolutionOfOneRow() {
    SpikingConvolution2D twin =
        new SpikingConvolution2D.Builder(1, 5)
            .nOut(4)
            .threshold(0.5)
            .stride(1, 2)
            .dilation(1, 2)
            .build();
    MultiLayerNetwork expected = network(ROWS, twin);
    MultiLayerNetwork actual = network(ROWS, row().stride(2).dilation(2).build());
    actual.setParams(expected.params());
    INDArray features = Nd4j.rand(3, 3, 1, 20);
    INDArray labels = Nd4j.rand(3, 2);
    expected.fit(features, labels);
    actual.fit(features, labels);
    assertSameBits(expected.params(), actual.params());
    assertSameBits(expected.output(features), actual.output(features));
  }

  /** Rates may be above 1, and a dense layer behind them gets graded spikes. */
  @Test
  void shouldPassSumsOn() {
    MultiLayerNetwork network =
        network(
            IMAGES,
            new SpikingGlobalPooling.Builder(PoolingType.SUM).build(),
            new SpikingDense.Builder().nOut(4).threshold(0.5).build());
    INDArray features = Nd4j.ones(2, 3, 6, 8);
    assertEquals(Nd4j.ones(2, 3).mul(48), network.feedForward(features).get(2));
    float[][][] sums = Spikes.of(RecordedTrains.of(network, features).before(2));
    assertArrayEquals(new float[] {48, 48, 48}, sums[1][STEPS - 1]);
  }

  static List<Layer> distinct() {
    return List.of(
        depthwise().build(),
        depthwise().depthMultiplier(2).build(),
        depthwise().stride(2, 1).build(),
        row().build(),
        row().dilation(2).build(),
        new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
        new SpikingGlobalPooling.Builder(PoolingType.SUM).build(),
        new SpikingGlobalPooling.Builder(PoolingType.MAX).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).gated(true).build(),
        new SpikingGlobalPooling.Builder(PoolingType.MAX).gated(true).build());
  }

  @ParameterizedTest
  @MethodSource("distinct")
  void shouldEqualOnlyThemselves(Layer layer) {
    assertEquals(1, distinct().stream().filter(layer::equals).count(), layer.toString());
    assertNotEquals(layer, null);
  }

  @Test
  void shouldNameWhatTheyDoNotTake() {
    assertRefused("nOut must not be set on a depthwise", () -> depthwise().nOut(3).build());
    assertRefused(
        "depth multiplier must be a whole number of at least 1, got 0",
        () -> depthwise().depthMultiplier(0).build());
    assertRefused(
        "pooling type must be MAX, SUM or AVG, got PNORM",
        () -> new SpikingGlobalPooling.Builder(PoolingType.PNORM));
    assertRefused(
        "pooling type must be AVG, MAX or SUM, got PNORM",
        () -> new SpikingPooling2D.Builder(PoolingType.PNORM, 2, 2).build());
    assertRefused(
        "gated must be false unless the pooling type is MAX, got true for AVG",
        () -> new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).gated(true).build());
    assertRefused(
        "gated must be false unless the pooling type is MAX, got true for SUM",
        () -> new SpikingGlobalPooling.Builder(PoolingType.SUM).gated(true).build());
    assertRefused(
        "must not be set on SUM pooling, which has no neurons",
        () -> new SpikingPooling2D.Builder(PoolingType.SUM, 2, 2).threshold(2).build());
    assertRefused(
        "(SpikingGlobalPooling): input must have the axes [minibatch, channels, height, width], got"
            + " [minibatch, 4]",
        () ->
            network(
                InputType.feedForward(4),
                new SpikingGlobalPooling.Builder(PoolingType.MAX).build()));
    assertRefused(
        "(SpikingConvolution1D): input must have the axes [minibatch, channels, 1, width], got"
            + " [minibatch, 3×6×8]",
        () -> network(IMAGES, row().build()));
    assertRefused(
        "Give a vector of n positions as [minibatch, 1, T, 1, n]",
        () -> network(InputType.feedForward(20), row().build()));
  }

  private static void assertRefused(String message, Runnable call) {
    RuntimeException refused = assertThrows(RuntimeException.class, call::run);
    assertTrue(
        refused instanceof IllegalArgumentException
            || refused instanceof DL4JInvalidConfigException,
        refused.toString());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  /** Weights of a depthwise layer are folded, rounded and normalised by output channels. */
  @Test
  void shouldBeNormalisedFoldedAndRounded() {
    MultiLayerNetwork network =
        network(
            IMAGES,
            depthwise().depthMultiplier(2).normalization(new CurrentNormalization()).build());
    INDArray features = Nd4j.rand(4, 3, 6, 8);
    for (int i = 0; i < 10; i++) {
      network.fit(features, Nd4j.rand(4, 2));
    }
    Map<String, INDArray> parameters = network.getLayer(1).paramTable();
    assertArrayEquals(new long[] {6, 1, 3, 2}, parameters.get("W").shape());
    assertArrayEquals(new long[] {6}, parameters.get(CurrentNormalization.GAIN).shape());
    // Every channel has its own gain, so that another channel's would show.
    parameters
        .get(CurrentNormalization.GAIN)
        .assign(Nd4j.create(new float[] {0.4f, 2.5f, 1, 0.6f, 1.8f, 0.9f}));
    MultiLayerNetwork folded = NormalizationFolding.fold(network);
    INDArray rates = network.feedForward(features).get(2);
    assertTrue(rates.mean(0, 2, 3).minNumber().doubleValue() > 0, "a silent channel shows nothing");
    // Rounding may move a spike.
    INDArray difference = rates.sub(folded.feedForward(features).get(2));
    assertTrue(difference.norm1Number().doubleValue() <= 2.5 / STEPS, difference.toString());
    WeightQuantization.toBits(8).quantize(network).output(features);
  }

  @Test
  void shouldTakeAnotherNumberOfChannelsFromTransferLearning() {
    MultiLayerNetwork network =
        network(
            IMAGES,
            new SpikingConvolution2D.Builder(3, 3).nOut(5).threshold(0.5).build(),
            depthwise().depthMultiplier(2).build(),
            new SpikingGlobalPooling.Builder(PoolingType.AVG).build(),
            new SpikingDense.Builder().nOut(4).build());
    MultiLayerNetwork wider =
        new TransferLearning.Builder(network)
            .fineTuneConfiguration(new FineTuneConfiguration.Builder().seed(2).build())
            .nOutReplace(1, 7, WeightInit.RELU, WeightInit.RELU)
            .build();
    SpikingDepthwiseConvolution2D layer =
        (SpikingDepthwiseConvolution2D) wider.getLayer(2).conf().getLayer();
    assertEquals(List.of(7L, 14L), List.of(layer.getNIn(), layer.getNOut()));
    assertEquals(FeatureShape.image(14, 6, 8), layer.outputShape(FeatureShape.image(7, 6, 8)));
  }
}
