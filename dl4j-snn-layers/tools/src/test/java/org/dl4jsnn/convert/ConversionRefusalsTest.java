package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class ConversionRefusalsTest {

  private static final int SIDE = 9;

  private static MultiLayerNetwork network(Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = Trained.settings().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return Trained.network(
        list.layer(Trained.readOut()).setInputType(InputType.convolutional(SIDE, SIDE, 3)).build());
  }

  private static INDArray images() {
    return Trained.images(2, 3, SIDE, SIDE);
  }

  private static void assertSays(IllegalArgumentException refusal, String... parts) {
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
  }

  private static IllegalArgumentException refusalOf(MultiLayerNetwork network) {
    return assertThrows(IllegalArgumentException.class, () -> SpikingConversion.of(network));
  }

  private static IllegalArgumentException refusalOverData(MultiLayerNetwork network) {
    return assertThrows(
        IllegalArgumentException.class,
        () -> SpikingConversion.of(network).calibrate(Trained.data(images())));
  }

  @Test
  void shouldRefuseByLayerAndReasonAllAtOnce() {
    IllegalArgumentException refusal =
        refusalOf(
            network(
                new ConvolutionLayer.Builder(3, 3)
                    .name("curved")
                    .nOut(4)
                    .activation(Activation.TANH)
                    .build(),
                new LocalResponseNormalization.Builder().name("local").build(),
                new Upsampling2D.Builder(2).name("larger").build(),
                new DenseLayer.Builder()
                    .name("squashed")
                    .nOut(4)
                    .activation(Activation.SIGMOID)
                    .build()));
    assertSays(
        refusal,
        "got 4 parts that cannot",
        "'curved' (ConvolutionLayer): its activation function tanh",
        "'local' (LocalResponseNormalization): has no spiking counterpart",
        "'larger' (Upsampling2D): has no spiking counterpart",
        "'squashed' (DenseLayer): its activation function sigmoid");
  }

  @Test
  void shouldRefuseSoftmaxThatIsNotTheLast() {
    assertSays(
        refusalOf(
            network(
                new DenseLayer.Builder()
                    .name("inner")
                    .nOut(4)
                    .activation(Activation.SOFTMAX)
                    .build())),
        "'inner' (DenseLayer): its activation function softmax");
  }

  @Test
  void shouldRefuseLayersWithTime() {
    MultiLayerNetwork recurrent =
        Trained.network(
            Trained.settings()
                .list()
                .layer(new LSTM.Builder().name("memory").nOut(4).build())
                .layer(
                    new RnnOutputLayer.Builder(new LossMCXENT())
                        .name("course")
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(3))
                .build());
    assertSays(refusalOf(recurrent), "'memory' (LSTM)", "'course' (RnnOutputLayer)");
  }

  @Test
  void shouldRefuseVerticesThatMultiply() {
    var graph =
        Trained.graph(
            Trained.settings()
                .graphBuilder()
                .addInputs("x")
                .addLayer("a", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addLayer("b", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addVertex("gate", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
                .addLayer("answer", Trained.readOut(), "gate")
                .setOutputs("answer")
                .setInputTypes(InputType.feedForward(3))
                .build());
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> SpikingConversion.of(graph)),
        "'gate' (ElementWiseVertex): its operation Product");
  }

  @Test
  void shouldRefuseSeveralInputsAndOutputs() {
    var graph =
        Trained.graph(
            Trained.settings()
                .graphBuilder()
                .addInputs("x", "y")
                .addLayer("a", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addLayer("b", new DenseLayer.Builder().nIn(3).nOut(4).build(), "y")
                .addLayer("first", Trained.readOut(), "a")
                .addLayer("second", Trained.readOut(), "b")
                .setOutputs("first", "second")
                .setInputTypes(InputType.feedForward(3), InputType.feedForward(3))
                .build());
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> SpikingConversion.of(graph)),
        "second input",
        "second output");
  }

  @Test
  void shouldRefuseAnOutputThatLeadsToAnother() {
    ComputationGraph graph =
        Trained.graph(
            Trained.settings()
                .graphBuilder()
                .addInputs("x")
                .addLayer("middle", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addLayer("answer", Trained.readOut(), "middle")
                .setOutputs("middle", "answer")
                .setInputTypes(InputType.feedForward(3))
                .build());
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> SpikingConversion.of(graph)),
        "'middle' (DenseLayer): is a second output");
  }

  /** Its activation function is not the network's last. */
  @Test
  void shouldRefuseAFunctionInFrontOfALossLayerWithAnother() {
    MultiLayerNetwork network =
        Trained.network(
            Trained.settings()
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .name("squashed")
                        .nOut(4)
                        .activation(Activation.SIGMOID)
                        .build())
                .layer(
                    new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(3))
                .build());
    assertSays(refusalOf(network), "'squashed' (DenseLayer): its activation function sigmoid");
  }

  @Test
  void shouldRefuseUnevenZerosThatADilationCannotReplace() {
    assertSays(
        refusalOverData(
            network(
                new ZeroPaddingLayer.Builder(0, 1, 0, 1).build(),
                new ConvolutionLayer.Builder(3, 3).name("far").dilation(2, 2).nOut(4).build())),
        "'far': its zeros differ at the two ends");
  }

  @Test
  void shouldRefuseNormalisationOfFlattenedImagesValueByValue() {
    MultiLayerNetwork network =
        Trained.network(
            Trained.settings()
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization.Builder().name("values").build())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(Trained.readOut())
                .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(7, 7, 4))
                .setInputType(InputType.convolutional(SIDE, SIDE, 3))
                .build());
    assertSays(refusalOverData(network), "'values'", "value by value");
  }

  private static ComputationGraph merging(int axis, boolean flattened) {
    GraphBuilder builder =
        Trained.settings()
            .graphBuilder()
            .addInputs("pictures")
            .setInputTypes(InputType.convolutional(SIDE, SIDE, 3))
            .addLayer("a", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "pictures")
            .addLayer("b", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "pictures");
    MergeVertex merge = new MergeVertex();
    merge.setMergeAxis(axis);
    if (flattened) {
      builder
          .addVertex("flat", new PreprocessorVertex(new CnnToFeedForwardPreProcessor(7, 7, 4)), "a")
          .addLayer("dense", new DenseLayer.Builder().nOut(4).build(), "b")
          .addVertex("merge", merge, "flat", "dense");
    } else {
      builder.addVertex("merge", merge, "a", "b");
    }
    return Trained.graph(
        builder.addLayer("answer", Trained.readOut(), "merge").setOutputs("answer").build());
  }

  @Test
  void shouldRefuseToMergeFlattenedImagesWithVectors() {
    ComputationGraph graph = merging(1, true);
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> SpikingConversion.of(graph)),
        "'merge' (MergeVertex): joins flattened images with vectors");
  }

  @Test
  void shouldRefuseToMergeRows() {
    ComputationGraph graph = merging(2, false);
    assertSays(
        assertThrows(
            IllegalArgumentException.class,
            () -> SpikingConversion.of(graph).calibrate(Trained.data(images()))),
        "'merge' (MergeVertex): merges along another axis");
  }

  @Test
  void shouldRefuseNormalisationBetweenReluAndPadding() {
    ConvolutionLayer same =
        new ConvolutionLayer.Builder(3, 3)
            .name("padded")
            .nOut(4)
            .convolutionMode(ConvolutionMode.Same)
            .build();
    assertSays(
        refusalOverData(
            network(
                new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                new BatchNormalization(),
                same)),
        "'padded'",
        "its padding has zeros around activations that batch normalisation");
  }

  @Test
  void shouldRefusePoolingBeyondTheImage() {
    assertSays(
        refusalOverData(
            network(
                new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.MAX, new int[] {3, 3}, new int[] {2, 2})
                    .name("wide")
                    .padding(1, 1)
                    .build())),
        "'wide'",
        "reach beyond the 7 × 7 places");
  }

  @Test
  void shouldRefuseMaximaOfWhatMayBeNegative() {
    SubsamplingLayer maximum =
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
            .name("largest")
            .build();
    assertSays(
        refusalOverData(network(maximum, new ConvolutionLayer.Builder(3, 3).nOut(4).build())),
        "'largest'",
        "takes the maximum of values that are not the rates of neurons");
  }

  @Test
  void shouldRefuseZerosAroundAPooling() {
    assertSays(
        refusalOverData(
            network(
                new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                new ZeroPaddingLayer.Builder(1, 1).name("zeros").build(),
                new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.MAX, new int[] {3, 3}, new int[] {3, 3})
                    .build())),
        "'zeros' (ZeroPaddingLayer)");
  }

  /** Deeplearning4j 1.0.0-M2.1 answers as if it had no pointwise weights. */
  @Test
  void shouldRefuseASeparableConvolutionOverOneChannel() {
    MultiLayerNetwork network =
        Trained.network(
            Trained.settings()
                .list()
                .layer(
                    new SeparableConvolution2D.Builder(3, 3)
                        .name("apart")
                        .depthMultiplier(2)
                        .nOut(2)
                        .build())
                .layer(Trained.readOut())
                .setInputType(InputType.convolutional(SIDE, SIDE, 1))
                .build());
    INDArray images = Trained.images(2, 1, SIDE, SIDE);
    INDArray before = network.output(images).dup();
    network.getLayer(0).getParam("pW").muli(-3);
    assertEquals(before, network.output(images), "pointwise weights matter: convert them");
    assertSays(
        refusalOf(network),
        "'apart' (SeparableConvolution2D): Deeplearning4j 1.0.0-M2.1 ignores its pointwise weights"
            + " over one input channel");
  }

  /** Deeplearning4j chooses the axes only if it knows the type of the input. */
  @Test
  void shouldRefuseGlobalPoolingOverChannels() {
    MultiLayerNetwork network =
        Trained.network(
            Trained.settings()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nIn(3).nOut(SIDE - 2).build())
                .layer(
                    new GlobalPoolingLayer.Builder(PoolingType.AVG)
                        .name("across")
                        .poolingDimensions(1, 2)
                        .build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nIn(SIDE - 2)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    assertSays(
        refusalOf(network),
        "'across' (GlobalPoolingLayer): it pools over the axes [1, 2]",
        "[minibatch, channels, height, width]");
  }

  @Test
  void shouldNotConvertWithoutCalibration() {
    MultiLayerNetwork network = network(new ConvolutionLayer.Builder(3, 3).nOut(4).build());
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> SpikingConversion.of(network).convert());
    assertTrue(refusal.getMessage().contains("calibrate(data) was not called"));
  }

  @Test
  void shouldSayThatANetworkSpikesAlready() {
    MultiLayerNetwork network =
        network(
            SpikeEncoding.direct(4).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(4).build(),
            new SpikingDense.Builder().nOut(5).build());
    assertEquals(
        "network must be of stock layers, to be converted to spiking ones, got one that is a spiking"
            + " network already: 'layer0' (SpikeEncoding). It needs no conversion. For another"
            + " number of time steps use TimeSteps.change(network, T)",
        refusalOf(network).getMessage());
  }

  @Test
  void shouldNameTheSettingOfReluThatRatesCannotFollow() {
    String refusal =
        refusalOf(
                network(
                    relu(new ActivationReLU(null, 0.5, 0.2)),
                    relu(new ActivationReLU(null, 0.5, null)),
                    relu(new ActivationReLU(null, null, 0.2))))
            .getMessage();
    for (String named :
        List.of(
            "relu (negativeSlope 0.2, which must be 0; threshold 0.5, which must be 0) cannot",
            "relu (threshold 0.5, which must be 0) cannot",
            "relu (negativeSlope 0.2, which must be 0) cannot")) {
      assertTrue(refusal.contains("its activation function " + named), refusal);
    }
  }

  private static Layer relu(ActivationReLU relu) {
    return new ConvolutionLayer.Builder(3, 3).nOut(4).activation(relu).build();
  }

  @Test
  void shouldRefuseLayersOfTheSameName() {
    assertSays(
        refusalOf(
            network(
                new ConvolutionLayer.Builder(3, 3).name("twin").nOut(4).build(),
                new ConvolutionLayer.Builder(3, 3).name("twin").nOut(4).build())),
        "'twin' (ConvolutionLayer): has the name of another layer");
  }

  @Test
  void shouldRefuseDataOfAnotherShape() {
    MultiLayerNetwork network =
        network(new ConvolutionLayer.Builder(3, 3).name("first").nOut(4).build());
    SpikingConversion<MultiLayerNetwork> conversion = SpikingConversion.of(network);
    assertSays(
        assertThrows(
            IllegalArgumentException.class,
            () -> conversion.calibrate(Trained.data(Trained.images(2, 1, SIDE, SIDE)))),
        "input of 'first' must have 3 channels, got 1",
        "from channels last by features.permute(0, 3, 1, 2)");
    assertSays(
        assertThrows(
            IllegalArgumentException.class,
            () -> conversion.calibrate(Trained.data(Trained.images(2, 3, SIDE)))),
        "features must have the axes");
  }

  @Test
  void shouldRefuseNoData() {
    MultiLayerNetwork network = network(new ConvolutionLayer.Builder(3, 3).nOut(4).build());
    assertSays(
        assertThrows(
            IllegalArgumentException.class,
            () -> SpikingConversion.of(network).calibrate(Trained.data())),
        "calibration data must hold at least one minibatch");
  }

  @Test
  void shouldRefuseActivationsThatAreNotFinite() {
    MultiLayerNetwork network =
        network(new ConvolutionLayer.Builder(3, 3).name("diverged").nOut(4).build());
    network.getLayer(0).getParam("W").putScalar(0, Double.POSITIVE_INFINITY);
    assertSays(refusalOverData(network), "activations must be finite", "'diverged'");
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    MultiLayerNetwork network = network(new ConvolutionLayer.Builder(3, 3).nOut(4).build());
    SpikingConversion<MultiLayerNetwork> conversion = SpikingConversion.of(network);
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> conversion.steps(0)),
        "steps must be a whole number of at least 1, got 0");
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> Scales.percentile(0)),
        "percentile must be above 0 and at most 100, got 0.0");
    assertSays(
        assertThrows(
            IllegalArgumentException.class,
            () ->
                conversion
                    .calibrate(Trained.data(images()))
                    .scales((channel, steps) -> Double.NaN)
                    .convert()),
        "scale must be positive and finite, got NaN");
    assertEquals(
        "scales must be given, got null",
        assertThrows(IllegalArgumentException.class, () -> conversion.scales(null)).getMessage());
  }
}
