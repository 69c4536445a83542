package org.dl4jsnn.convert;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.Messages.assertSays;
import static org.dl4jsnn.Messages.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
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
import org.dl4jsnn.Networks;
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
  private static final InputType IMAGES = InputType.convolutional(SIDE, SIDE, 3);

  private static MultiLayerNetwork network(Layer... layers) {
    return network(IMAGES, layers, Trained.readOut());
  }

  private static MultiLayerNetwork network(InputType input, Layer[] layers, Layer readOut) {
    return Trained.network(
        Networks.row(Trained.settings(), layers).layer(readOut).setInputType(input).build());
  }

  private static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(3, 3).nOut(4);
  }

  private static DenseLayer dense(String name, Activation activation) {
    return new DenseLayer.Builder().name(name).nOut(4).activation(activation).build();
  }

  private static SubsamplingLayer.Builder maximum(int side, int stride) {
    return new SubsamplingLayer.Builder(
        SubsamplingLayer.PoolingType.MAX, new int[] {side, side}, new int[] {stride, stride});
  }

  private static GraphBuilder vectors() {
    return Trained.settings()
        .graphBuilder()
        .addInputs("x")
        .setInputTypes(InputType.feedForward(3))
        .addLayer("a", new DenseLayer.Builder().nOut(4).build(), "x");
  }

  private static INDArray images() {
    return Trained.images(2, 3, SIDE, SIDE);
  }

  private static String refusalOf(Layer... layers) {
    return refusalOf(network(layers));
  }

  private static String refusalOf(MultiLayerNetwork network) {
    return refused(() -> SpikingConversion.of(network));
  }

  private static String refusalOf(GraphBuilder builder) {
    ComputationGraph graph = Trained.graph(builder);
    return refused(() -> SpikingConversion.of(graph));
  }

  private static String refusalOverData(Layer... layers) {
    return refusalOverData(network(layers));
  }

  private static String refusalOverData(MultiLayerNetwork network) {
    SpikingConversion<MultiLayerNetwork> conversion = SpikingConversion.of(network);
    return refused(() -> conversion.calibrate(Trained.data(images())));
  }

  @Test
  void shouldRefuseByLayerAndReasonAllAtOnce() {
    assertSays(
        refusalOf(
            convolution().name("curved").activation(Activation.TANH).build(),
            new LocalResponseNormalization.Builder().name("local").build(),
            new Upsampling2D.Builder(2).name("larger").build(),
            dense("inner", Activation.SOFTMAX),
            dense("squashed", Activation.SIGMOID)),
        "got 5 parts that cannot",
        "'curved' (ConvolutionLayer): its activation function tanh",
        "'local' (LocalResponseNormalization): has no spiking counterpart",
        "'larger' (Upsampling2D): has no spiking counterpart",
        "'inner' (DenseLayer): its activation function softmax",
        "'squashed' (DenseLayer): its activation function sigmoid");
  }

  @Test
  void shouldRefuseLayersWithTime() {
    Layer course =
        new RnnOutputLayer.Builder(new LossMCXENT())
            .name("course")
            .nOut(2)
            .activation(Activation.SOFTMAX)
            .build();
    Layer[] memory = {new LSTM.Builder().name("memory").nOut(4).build()};
    assertSays(
        refusalOf(network(InputType.recurrent(3), memory, course)),
        "'memory' (LSTM)",
        "'course' (RnnOutputLayer)");
  }

  @Test
  void shouldRefuseVerticesThatMultiply() {
    assertSays(
        refusalOf(
            vectors()
                .addLayer("b", new DenseLayer.Builder().nOut(4).build(), "x")
                .addVertex("gate", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
                .addLayer("answer", Trained.readOut(), "gate")
                .setOutputs("answer")),
        "'gate' (ElementWiseVertex): its operation Product");
  }

  @Test
  void shouldRefuseSeveralInputsAndOutputs() {
    assertSays(
        refusalOf(
            Trained.settings()
                .graphBuilder()
                .addInputs("x", "y")
                .setInputTypes(InputType.feedForward(3), InputType.feedForward(3))
                .addLayer("a", new DenseLayer.Builder().nOut(4).build(), "x")
                .addLayer("b", new DenseLayer.Builder().nOut(4).build(), "y")
                .addLayer("first", Trained.readOut(), "a")
                .addLayer("second", Trained.readOut(), "b")
                .setOutputs("first", "second")),
        "second input",
        "second output");
    // One that leads to another.
    assertSays(
        refusalOf(vectors().addLayer("answer", Trained.readOut(), "a").setOutputs("a", "answer")),
        "'a' (DenseLayer): is a second output");
  }

  /** Its activation function is not the network's last. */
  @Test
  void shouldRefuseAFunctionInFrontOfALossLayerWithAnother() {
    Layer loss = new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
    Layer[] squashed = {dense("squashed", Activation.SIGMOID)};
    assertSays(
        refusalOf(network(InputType.feedForward(3), squashed, loss)),
        "'squashed' (DenseLayer): its activation function sigmoid");
  }

  @Test
  void shouldRefuseUnevenZerosThatADilationCannotReplace() {
    assertSays(
        refusalOverData(
            new ZeroPaddingLayer.Builder(0, 1, 0, 1).build(),
            convolution().name("far").dilation(2, 2).build()),
        "'far': its zeros differ at the two ends");
  }

  @Test
  void shouldRefuseNormalisationOfFlattenedImagesValueByValue() {
    Layer[] layers = {
      convolution().activation(Activation.IDENTITY).build(),
      new BatchNormalization.Builder().name("values").build(),
      new ActivationLayer(Activation.RELU),
      Trained.readOut()
    };
    MultiLayerNetwork network =
        Trained.network(
            Networks.row(Trained.settings(), layers)
                .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(7, 7, 4))
                .setInputType(IMAGES)
                .build());
    assertSays(refusalOverData(network), "'values'", "value by value");
  }

  private static GraphBuilder ofImages() {
    return Trained.settings()
        .graphBuilder()
        .addInputs("images")
        .setInputTypes(IMAGES)
        .addLayer("a", convolution().build(), "images")
        .addLayer("b", convolution().build(), "images")
        .setOutputs("answer");
  }

  @Test
  void shouldRefuseToMergeFlattenedImagesWithVectors() {
    CnnToFeedForwardPreProcessor flattening = new CnnToFeedForwardPreProcessor(7, 7, 4);
    assertSays(
        refusalOf(
            ofImages()
                .addVertex("flat", new PreprocessorVertex(flattening), "a")
                .addLayer("dense", new DenseLayer.Builder().nOut(4).build(), "b")
                .addVertex("merge", new MergeVertex(), "flat", "dense")
                .addLayer("answer", Trained.readOut(), "merge")),
        "'merge' (MergeVertex): joins flattened images with vectors");
  }

  @Test
  void shouldRefuseToMergeRows() {
    MergeVertex merge = new MergeVertex();
    merge.setMergeAxis(2);
    ComputationGraph graph =
        Trained.graph(
            ofImages()
                .addVertex("merge", merge, "a", "b")
                .addLayer("answer", Trained.readOut(), "merge"));
    assertRefused(
        "'merge' (MergeVertex): merges along another axis",
        () -> SpikingConversion.of(graph).calibrate(Trained.data(images())));
  }

  @Test
  void shouldRefuseNormalisationBetweenReluAndPadding() {
    assertSays(
        refusalOverData(
            convolution().build(),
            new BatchNormalization(),
            convolution().name("padded").convolutionMode(ConvolutionMode.Same).build()),
        "'padded'",
        "its padding has zeros around activations that batch normalisation");
  }

  @Test
  void shouldRefusePoolingBeyondTheImage() {
    assertSays(
        refusalOverData(convolution().build(), maximum(3, 2).name("wide").padding(1, 1).build()),
        "'wide'",
        "reach beyond the 7 × 7 places");
  }

  @Test
  void shouldRefuseMaximaOfWhatMayBeNegative() {
    assertSays(
        refusalOverData(maximum(2, 2).name("largest").build(), convolution().build()),
        "'largest'",
        "takes the maximum of values that are not the rates of neurons");
  }

  @Test
  void shouldRefuseZerosAroundAPooling() {
    assertSays(
        refusalOverData(
            convolution().build(),
            new ZeroPaddingLayer.Builder(1, 1).name("zeros").build(),
            maximum(3, 3).build()),
        "'zeros' (ZeroPaddingLayer)");
  }

  /** Deeplearning4j 1.0.0-M2.1 answers as if it had no pointwise weights. */
  @Test
  void shouldRefuseASeparableConvolutionOverOneChannel() {
    Layer[] apart = {
      new SeparableConvolution2D.Builder(3, 3).name("apart").depthMultiplier(2).nOut(2).build()
    };
    MultiLayerNetwork network =
        network(InputType.convolutional(SIDE, SIDE, 1), apart, Trained.readOut());
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
    OutputLayer readOut = Trained.readOut();
    readOut.setNIn(SIDE - 2);
    MultiLayerNetwork network =
        Networks.of(
            Trained.settings(),
            new ConvolutionLayer.Builder(3, 3).nIn(3).nOut(SIDE - 2).build(),
            new GlobalPoolingLayer.Builder(PoolingType.AVG)
                .name("across")
                .poolingDimensions(1, 2)
                .build(),
            readOut);
    assertSays(
        refusalOf(network),
        "'across' (GlobalPoolingLayer): it pools over the axes [1, 2]",
        "[minibatch, channels, height, width]");
  }

  @Test
  void shouldNotConvertWithoutCalibration() {
    MultiLayerNetwork network = network(convolution().build());
    assertRefused(
        IllegalStateException.class,
        () -> SpikingConversion.of(network).convert(),
        "calibrate(data) was not called");
  }

  @Test
  void shouldSayThatANetworkSpikesAlready() {
    assertEquals(
        "network must be of stock layers, to be converted to spiking ones, got one that is a spiking"
            + " network already: 'layer0' (SpikeEncoding). It needs no conversion. For another"
            + " number of time steps use TimeSteps.change(network, T)",
        refusalOf(
            SpikeEncoding.direct(4).build(),
            new SpikingConvolution2D.Builder(3, 3).nOut(4).build(),
            new SpikingDense.Builder().nOut(5).build()));
  }

  @Test
  void shouldNameTheSettingOfReluThatRatesCannotFollow() {
    assertSays(
        refusalOf(
            convolution().activation(new ActivationReLU(null, 0.5, 0.2)).build(),
            convolution().activation(new ActivationReLU(null, 0.5, null)).build(),
            convolution().activation(new ActivationReLU(null, null, 0.2)).build()),
        "its activation function relu (negativeSlope 0.2, which must be 0; threshold 0.5, which must"
            + " be 0) cannot",
        "its activation function relu (threshold 0.5, which must be 0) cannot",
        "its activation function relu (negativeSlope 0.2, which must be 0) cannot");
  }

  @Test
  void shouldRefuseLayersOfTheSameName() {
    assertSays(
        refusalOf(convolution().name("twin").build(), convolution().name("twin").build()),
        "'twin' (ConvolutionLayer): has the name of another layer");
  }

  @Test
  void shouldRefuseOtherData() {
    SpikingConversion<MultiLayerNetwork> conversion =
        SpikingConversion.of(network(convolution().name("first").build()));
    assertSays(
        refused(() -> conversion.calibrate(Trained.data(Trained.images(2, 1, SIDE, SIDE)))),
        "input of 'first' must have 3 channels, got 1",
        "from channels last by features.permute(0, 3, 1, 2)");
    assertRefused(
        "features must have the axes",
        () -> conversion.calibrate(Trained.data(Trained.images(2, 3, SIDE))));
    assertRefused(
        "calibration data must hold at least one minibatch",
        () -> conversion.calibrate(Trained.data()));
  }

  @Test
  void shouldRefuseActivationsThatAreNotFinite() {
    MultiLayerNetwork network = network(convolution().name("diverged").build());
    network.getLayer(0).getParam("W").putScalar(0, Double.POSITIVE_INFINITY);
    assertSays(refusalOverData(network), "activations must be finite", "'diverged'");
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    SpikingConversion<MultiLayerNetwork> conversion =
        SpikingConversion.of(network(convolution().build()));
    assertRefused("steps must be a whole number of at least 1, got 0", () -> conversion.steps(0));
    assertRefused(
        "percentile must be above 0 and at most 100, got 0.0", () -> Scales.percentile(0));
    SpikingConversion<MultiLayerNetwork> calibrated = conversion.calibrate(Trained.data(images()));
    assertRefused(
        "scale must be positive and finite, got NaN",
        () -> calibrated.scales((channel, steps) -> Double.NaN).convert());
    assertMessage("scales must be given, got null", () -> conversion.scales(null));
  }
}
