package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** With many steps the spiking network answers what the trained one does. */
class ConvertedLayersTest {

  private static final int STEPS = 2000;
  private static final int SIDE = 9;
  private static final int CHANNELS = 3;

  private static Stream<Arguments> networks() {
    return Stream.of(
        named("convolution with its own stride", convolution().stride(2, 2).build()),
        named("convolution with padding", convolution().padding(2, 1).build()),
        named("convolution with dilation", convolution().dilation(2, 2).build()),
        named(
            "convolution with same padding and stride",
            convolution().convolutionMode(ConvolutionMode.Same).stride(2, 2).build()),
        named(
            "strict convolution",
            convolution().convolutionMode(ConvolutionMode.Strict).stride(2, 2).build()),
        named("convolution without bias", convolution().hasBias(false).build()),
        named("leading padding", new ZeroPaddingLayer.Builder(1, 2).build(), convolution().build()),
        named(
            "uneven leading padding",
            new ZeroPaddingLayer.Builder(0, 1, 2, 1).build(),
            convolution().stride(2, 2).build()),
        named("depthwise", new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build()),
        named(
            "separable",
            new SeparableConvolution2D.Builder(3, 3).depthMultiplier(2).nOut(5).build()),
        named(
            "normalised", linear(), new BatchNormalization(), new ActivationLayer(Activation.RELU)),
        named(
            "normalised with locked values",
            linear(),
            new BatchNormalization.Builder().lockGammaBeta(true).gamma(0.8).beta(0.2).build(),
            new ActivationLayer(Activation.RELU)),
        named(
            "normalised variance",
            linear(),
            new BatchNormalization.Builder().useLogStd(false).build(),
            new ActivationLayer(Activation.RELU)),
        named(
            "normalised after ReLU",
            convolution().build(),
            new BatchNormalization(),
            convolution().build()),
        named("normalised input", new BatchNormalization(), convolution().build()),
        named(
            "average of what is normalised after ReLU",
            convolution().build(),
            new BatchNormalization(),
            pooling(SubsamplingLayer.PoolingType.AVG),
            new DenseLayer.Builder().nOut(7).build()),
        named("linear in a row", linear(), linear(), new ActivationLayer(Activation.RELU)),
        named("average pooling", convolution().build(), pooling(SubsamplingLayer.PoolingType.AVG)),
        named(
            "average before ReLU",
            linear(),
            pooling(SubsamplingLayer.PoolingType.AVG),
            new ActivationLayer(Activation.RELU)),
        named("maximum pooling", convolution().build(), pooling(SubsamplingLayer.PoolingType.MAX)),
        named(
            "maximum pooling of windows that overlap",
            convolution().build(),
            new SubsamplingLayer.Builder(
                    SubsamplingLayer.PoolingType.MAX, new int[] {3, 2}, new int[] {1, 2})
                .build()),
        named("global maximum", convolution().build(), new GlobalPoolingLayer(PoolingType.MAX)),
        named("global average", convolution().build(), new GlobalPoolingLayer(PoolingType.AVG)),
        named(
            "global sum",
            convolution().stride(4, 4).build(),
            new GlobalPoolingLayer(PoolingType.SUM)),
        named(
            "dropout",
            convolution().dropOut(0.5).build(),
            new DropoutLayer(0.5),
            new DenseLayer.Builder().nOut(7).dropOut(0.8).build()),
        named("capped at 6", convolution().biasInit(5.5).activation(Activation.RELU6).build()),
        named("capped", convolution().activation(new ActivationReLU(0.7, null, null)).build()));
  }

  private static Arguments named(String name, Layer... layers) {
    return Arguments.of(name, layers);
  }

  static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(3, 3).nOut(5);
  }

  private static Layer linear() {
    return convolution().activation(Activation.IDENTITY).build();
  }

  static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type) {
    return new SubsamplingLayer.Builder(type, new int[] {2, 2}, new int[] {2, 2}).build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerLikeTheTrainedNetworkInFrontOfADenseLayer(String name, Layer[] layers) {
    NeuralNetConfiguration.ListBuilder list = Trained.settings().list();
    for (Layer layer : layers) {
      list.layer(layer.clone());
    }
    list.layer(new DenseLayer.Builder().nOut(8).build());
    check(list.layer(Trained.readOut()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerLikeTheTrainedNetworkInFrontOfTheReadOut(String name, Layer[] layers) {
    NeuralNetConfiguration.ListBuilder list = Trained.settings().list();
    for (Layer layer : layers) {
      list.layer(layer.clone());
    }
    check(list.layer(Trained.readOut()));
  }

  private static void check(NeuralNetConfiguration.ListBuilder list) {
    check(
        list.setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS)).build(),
        Trained.images(Trained.SAMPLES, CHANNELS, SIDE, SIDE).subi(0.3));
  }

  private static void check(MultiLayerConfiguration configuration, INDArray features) {
    MultiLayerNetwork trained = Trained.network(configuration);
    MultiLayerNetwork spiking = Trained.converted(trained, features, STEPS);
    INDArray expected = trained.output(features);
    double difference = expected.sub(spiking.output(features)).amaxNumber().doubleValue();
    double spread = expected.max(0).sub(expected.min(0)).maxNumber().doubleValue();
    assertTrue(
        difference < Math.min(0.02, 0.25 * spread),
        "answers differ by " + difference + " of " + spread);
  }

  @Test
  void shouldTakeImagesInARow() {
    check(
        Trained.settings()
            .list()
            .layer(convolution().build())
            .layer(Trained.readOut())
            .setInputType(InputType.convolutionalFlat(SIDE, SIDE, CHANNELS))
            .build(),
        Trained.images(Trained.SAMPLES, SIDE * SIDE * CHANNELS));
  }

  @Test
  void shouldTakeVectors() {
    check(
        Trained.settings()
            .list()
            .layer(new DenseLayer.Builder().nIn(12).nOut(20).build())
            .layer(new BatchNormalization())
            .layer(new DenseLayer.Builder().nOut(9).build())
            .layer(Trained.readOut())
            .setInputType(InputType.feedForward(12))
            .build(),
        Trained.images(Trained.SAMPLES, 12));
  }

  @Test
  void shouldTakeALossLayerAfterADenseOne() {
    check(
        Trained.settings()
            .list()
            .layer(new DenseLayer.Builder().nIn(12).nOut(20).build())
            .layer(
                new DenseLayer.Builder()
                    .nOut(Trained.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.IDENTITY).build())
            .setInputType(InputType.feedForward(12))
            .validateOutputLayerConfig(false)
            .build(),
        Trained.images(Trained.SAMPLES, 12));
  }

  @Test
  void shouldTakeASoftmaxThatIsALayerAtTheEnd() {
    check(
        Trained.settings()
            .list()
            .layer(new DenseLayer.Builder().nIn(12).nOut(20).build())
            .layer(
                new DenseLayer.Builder()
                    .nOut(Trained.CLASSES)
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(new ActivationLayer(Activation.SOFTMAX))
            .setInputType(InputType.feedForward(12))
            .build(),
        Trained.images(Trained.SAMPLES, 12));
  }

  @Test
  void shouldTakeAverageMapsAsTheAnswer() {
    check(
        Trained.settings()
            .list()
            .layer(convolution().build())
            .layer(new ConvolutionLayer.Builder(1, 1).nOut(Trained.CLASSES).build())
            .layer(new GlobalPoolingLayer(PoolingType.AVG))
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS))
            .build(),
        Trained.images(Trained.SAMPLES, CHANNELS, SIDE, SIDE));
  }

  @Test
  void shouldTakeSeedUpdaterAndNamesOver() {
    MultiLayerNetwork trained =
        Trained.network(
            Trained.settings()
                .list()
                .layer(convolution().name("first").build())
                .layer(Trained.readOut())
                .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS))
                .build());
    MultiLayerNetwork spiking =
        SpikingConversion.of(trained)
            .calibrate(Trained.data(Trained.images(2, CHANNELS, SIDE, SIDE)))
            .convert()
            .network();
    assertEquals("first", spiking.getLayer(1).conf().getLayer().getLayerName());
    assertEquals(5, spiking.getDefaultConfiguration().getSeed());
    assertEquals(1e-3, spiking.getLearningRate(1));
  }
}
