package org.dl4jsnn.convert;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
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
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.ops.transforms.Transforms;

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
  void shouldAnswerLikeTheTrainedNetwork(String name, Layer[] layers) {
    InputType images = InputType.convolutional(SIDE, SIDE, CHANNELS);
    Layer[] dense = Arrays.copyOf(layers, layers.length + 1);
    dense[layers.length] = new DenseLayer.Builder().nOut(8).build();
    for (Layer[] beforeTheReadOut : List.of(layers, dense)) {
      Layer[] all = Arrays.copyOf(beforeTheReadOut, beforeTheReadOut.length + 1);
      all[beforeTheReadOut.length] = Trained.readOut();
      shouldAnswerLikeAWholeNetwork(name, images, all);
    }
  }

  private static Stream<Arguments> wholeNetworks() {
    InputType vector = InputType.feedForward(12);
    InputType last = InputType.convolutional(SIDE, SIDE + 1, CHANNELS, CNN2DFormat.NHWC);
    GlobalPoolingLayer.Builder average =
        new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1, 2);
    Layer softmax = new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
    Layer logits = new LossLayer.Builder(new LossMCXENT()).activation(Activation.IDENTITY).build();
    return Stream.of(
        whole(
            "images in a row",
            InputType.convolutionalFlat(SIDE, SIDE, CHANNELS),
            convolution().build(),
            Trained.readOut()),
        whole("vectors", vector, dense(20), new BatchNormalization(), dense(9), Trained.readOut()),
        whole(
            "a loss layer after a dense one",
            vector,
            dense(20),
            new DenseLayer.Builder().nOut(Trained.CLASSES).activation(Activation.SOFTMAX).build(),
            logits),
        whole(
            "a softmax that is a layer at the end",
            vector,
            dense(20),
            new DenseLayer.Builder().nOut(Trained.CLASSES).activation(Activation.IDENTITY).build(),
            new ActivationLayer(Activation.SOFTMAX)),
        whole(
            "average maps as the answer",
            InputType.convolutional(SIDE, SIDE, CHANNELS),
            convolution().build(),
            new ConvolutionLayer.Builder(1, 1).nOut(Trained.CLASSES).build(),
            new GlobalPoolingLayer(PoolingType.AVG),
            softmax),
        whole(
            "channels last",
            last,
            convolution().dataFormat(CNN2DFormat.NHWC).build(),
            new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build(),
            new SubsamplingLayer.Builder(
                    SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
                .dataFormat(CNN2DFormat.NHWC)
                .build(),
            dense(20),
            Trained.readOut()),
        whole(
            "global pooling with the channels last",
            last,
            convolution().dataFormat(CNN2DFormat.NHWC).build(),
            average.build(),
            Trained.readOut()),
        whole(
            "channels last as only a normalisation says",
            InputType.convolutional(CHANNELS, SIDE, CHANNELS, CNN2DFormat.NHWC),
            new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build(),
            average.build(),
            Trained.readOut()));
  }

  private static Arguments whole(String name, InputType input, Layer... layers) {
    return Arguments.of(name, input, layers);
  }

  private static Layer dense(int neurons) {
    return new DenseLayer.Builder().nOut(neurons).build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeNetworks")
  void shouldAnswerLikeAWholeNetwork(String name, InputType input, Layer[] layers) {
    Layer[] own = Stream.of(layers).map(Layer::clone).toArray(Layer[]::new);
    MultiLayerNetwork trained =
        Trained.network(
            Networks.row(Trained.settings(), own)
                .setInputType(input)
                .validateOutputLayerConfig(false)
                .build());
    long[] shape = input.getShape(true);
    shape[0] = Trained.SAMPLES;
    INDArray features = Trained.images(shape).subi(shape.length == 4 ? 0.3 : 0);
    MultiLayerNetwork spiking = Trained.converted(trained, features, STEPS);
    INDArray expected = trained.output(features);
    double difference = expected.sub(spiking.output(features)).amaxNumber().doubleValue();
    double spread = expected.max(0).sub(expected.min(0)).maxNumber().doubleValue();
    assertTrue(
        difference < Math.min(0.02, 0.25 * spread),
        "answers differ by " + difference + " of " + spread);
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

  private static INDArray images() {
    return Trained.images(20, CHANNELS, SIDE, SIDE);
  }

  private static MultiLayerNetwork pooled() {
    return pooled(
        new ConvolutionLayer.Builder(3, 3).name("first").nOut(6).build(),
        pooling(SubsamplingLayer.PoolingType.AVG),
        new DenseLayer.Builder().name("second").nOut(20).build());
  }

  private static MultiLayerNetwork pooled(Layer... layers) {
    return Trained.network(
        Networks.row(Trained.settings(), layers)
            .layer(Trained.readOut())
            .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS))
            .build());
  }

  private static ConversionReport.LayerRow rowOf(
      int layer, MultiLayerNetwork trained, Scales scales, int steps) {
    return rowOf(layer, calibrated(trained).scales(scales).steps(steps).convert());
  }

  private static ConversionReport.LayerRow rowOf(
      int layer, ConvertedNetwork<MultiLayerNetwork> converted) {
    return converted.report(Trained.data(images())).layers().get(layer);
  }

  private static SubsamplingLayer maximum() {
    return pooling(SubsamplingLayer.PoolingType.MAX);
  }

  private static SpikingConversion<MultiLayerNetwork> calibrated(MultiLayerNetwork trained) {
    return SpikingConversion.of(trained).calibrate(Trained.data(images()));
  }

  @Test
  void shouldHaveNeuronsThatRoundToTheNearestCount() {
    MultiLayerNetwork spiking = calibrated(pooled()).convert().network();
    BaseSpikingLayer first = (BaseSpikingLayer) spiking.getLayer(1).conf().getLayer();
    assertEquals(new SpikingNeuron(1, 1, Reset.bySubtraction(), 0.5), first.getNeuron());
  }

  /** (74): under a constant current the count is that of the nearest whole number, clipped. */
  @Test
  void shouldFireTheNearestWholeNumberOfSpikesInTheFirstLayer() {
    MultiLayerNetwork trained = pooled();
    int steps = 8;
    ConvertedNetwork<MultiLayerNetwork> converted =
        calibrated(trained).scales(Scales.maximum()).steps(steps).convert();
    INDArray activations = trained.feedForward(images(), false).get(1);
    INDArray rates = converted.network().feedForward(images(), false).get(2);
    for (int channel = 0; channel < activations.size(1); channel++) {
      double largest = 0;
      for (int sample = 0; sample < activations.size(0); sample++) {
        largest =
            Math.max(largest, activations.get(at(sample), at(channel)).maxNumber().doubleValue());
      }
      for (int sample = 0; sample < activations.size(0); sample++) {
        double activation = activations.getDouble(sample, channel, 2, 3);
        double spikes = steps * rates.getDouble(sample, channel, 2, 3);
        double wanted = steps * activation / largest;
        assertTrue(Math.abs(spikes - wanted) <= 0.5 + 1e-3, spikes + " spikes for " + wanted);
      }
    }
  }

  private static INDArrayIndex at(int place) {
    return point(place);
  }

  @Test
  void shouldReportEveryLayerOfNeurons() {
    ConvertedNetwork<MultiLayerNetwork> converted =
        calibrated(pooled()).scales(Scales.maximum()).steps(256).convert();
    ConversionReport report = converted.report(Trained.data(images()));
    assertEquals(
        List.of("first", "second"),
        report.layers().stream().map(ConversionReport.LayerRow::layer).toList());
    for (ConversionReport.LayerRow layer : report.layers()) {
      assertTrue(layer.correlation() > 0.97, layer.toString());
      assertTrue(layer.relativeError() < 0.05, layer.toString());
    }
    ConversionReport.LayerRow first = report.layers().get(0);
    assertTrue(first.relativeError() <= 0.5 / 256 + 1e-6, first.toString());
    assertEquals(0, first.silentChannels());
    assertTrue(report.toString().contains("| first | 6 | 0 | "), report.toString());
  }

  @Test
  void shouldReportSaturationIfScalesAreTooSmall() {
    ConversionReport.LayerRow first =
        rowOf(0, pooled(), (channel, steps) -> channel.maximum() / 4, 32);
    assertTrue(first.saturated() > 0.3, first.toString());
    ConversionReport.LayerRow fine = rowOf(0, pooled(), Scales.maximum(), 4);
    assertTrue(fine.silent() > 0.02, fine.toString());
  }

  @Test
  void shouldKeepChannelsThatNeverFireAndReportThem() {
    MultiLayerNetwork trained = pooled();
    trained.getLayer(0).getParam("b").putScalar(2, -1000);
    ConvertedNetwork<MultiLayerNetwork> converted = calibrated(trained).convert();
    ConversionReport.LayerRow first = rowOf(0, converted);
    assertEquals(1, first.silentChannels());
    double bias = converted.network().getLayer(1).getParam("b").getDouble(2);
    assertEquals(-1000, bias, 1e-3, "a scale of 1 leaves the weights as they are");
  }

  @Test
  void shouldLoseLessWithMeanSquareScalesAtFewSteps() {
    MultiLayerNetwork trained = pooled();
    double byMaximum = rowOf(0, trained, Scales.maximum(), 4).error();
    double byMeanSquare = rowOf(0, trained, Scales.meanSquare(), 4).error();
    assertTrue(byMeanSquare < byMaximum, byMeanSquare + " against " + byMaximum);
  }

  /**
   * Neurons of a window fire at different steps; the train that passes still has the largest rate.
   */
  @Test
  void shouldPassMaximaOfRates() {
    MultiLayerNetwork trained =
        pooled(
            new ConvolutionLayer.Builder(3, 3).nOut(6).build(),
            maximum(),
            new DenseLayer.Builder().nOut(20).build());
    ConversionReport.LayerRow second = rowOf(1, trained, Scales.maximum(), 1000);
    assertTrue(second.correlation() > 0.999, second.toString());
    assertTrue(second.relativeError() < 0.005, second.toString());
  }

  @Test
  void shouldRectifyInFrontOfAMaximumThatIsRectifiedAfterwards() {
    MultiLayerNetwork trained =
        pooled(
            new ConvolutionLayer.Builder(3, 3)
                .name("linear")
                .activation(Activation.IDENTITY)
                .nOut(6)
                .build(),
            maximum(),
            new ActivationLayer(Activation.RELU));
    ConvertedNetwork<MultiLayerNetwork> converted =
        calibrated(trained).scales(Scales.maximum()).steps(512).convert();
    ConversionReport.LayerRow layer = rowOf(0, converted);
    assertEquals("linear", layer.layer());
    assertTrue(layer.relativeError() <= 0.5 / 512 + 1e-6, layer.toString());
    INDArray expected = trained.output(images());
    assertTrue(
        expected.sub(converted.network().output(images())).amaxNumber().doubleValue() < 0.02);
  }

  @Test
  void shouldGiveOneScaleToRatesThatAreAdded() {
    ComputationGraph trained =
        Trained.graph(
            Trained.settings()
                .graphBuilder()
                .addInputs("x")
                .setInputTypes(InputType.feedForward(5))
                .addLayer("a", new DenseLayer.Builder().nOut(7).build(), "x")
                .addLayer("b", new DenseLayer.Builder().nOut(7).build(), "a")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addLayer("answer", Trained.readOut(), "sum")
                .setOutputs("answer"));
    INDArray x = Trained.images(30, 5);
    ComputationGraph spiking =
        SpikingConversion.of(trained)
            .calibrate(Trained.data(x))
            .scales(Scales.maximum())
            .convert()
            .network();
    Map<String, INDArray> activations = trained.feedForward(x, false);
    INDArray largest = Transforms.max(activations.get("a").max(0), activations.get("b").max(0));
    INDArray weights = trained.getLayer("answer").getParam("W");
    INDArray expected = weights.mulColumnVector(largest.reshape(7, 1));
    assertTrue(
        expected.equalsWithEps(spiking.getLayer("answer").getParam("W"), 1e-5),
        expected + " against " + spiking.getLayer("answer").getParam("W"));
  }

  @Test
  void shouldReportTheAccuracyByT() {
    MultiLayerNetwork trained = pooled();
    INDArray images = images();
    // So that it decides for every class.
    INDArray logits = Transforms.log(trained.output(images));
    trained.getOutputLayer().getParam("b").subi(logits.mean(0));
    INDArray decisions = trained.output(images);
    decisions = decisions.eq(decisions.max(true, 1)).castTo(DataType.FLOAT);
    DataSetIterator data = new ExistingDataSetIterator(List.of(new DataSet(images, decisions)));
    var accuracies = calibrated(trained).convert().accuracyByT(data, 1, 512);
    assertEquals(Set.of(1, 512), accuracies.keySet());
    assertEquals(1, accuracies.get(512), 0.1);
    double atOnce = calibrated(trained).steps(1).convert().network().evaluate(data).accuracy();
    assertEquals(atOnce, accuracies.get(1));
    assertTrue(atOnce < 1, "one step must cost something");
  }

  @Test
  void shouldLeaveTheTrainedNetworkAsItIsAndGiveTheSameTwice() {
    MultiLayerNetwork trained = pooled();
    INDArray before = trained.params().dup();
    INDArray once = calibrated(trained).convert().network().params();
    INDArray twice = calibrated(trained).convert().network().params();
    assertSameBits(before, trained.params());
    assertEquals(once, twice);
  }

  @Test
  void shouldRunForAnotherNumberOfStepsAfterwards() {
    MultiLayerNetwork spiking = calibrated(pooled()).steps(8).convert().network();
    MultiLayerNetwork longer = TimeSteps.change(spiking, 64);
    INDArray few = spiking.output(images());
    assertFalse(few.equalsWithEps(longer.output(images()), 1e-6));
  }

  @Test
  void shouldNotReportOverNoData() {
    ConvertedNetwork<MultiLayerNetwork> converted = calibrated(pooled()).convert();
    assertThrows(IllegalArgumentException.class, () -> converted.report(Trained.data()));
  }

  /** A read-out of logits, whose check Deeplearning4j was told to leave out. */
  @Test
  void shouldGiveAccuraciesOfLogits() {
    Layer[] layers = {
      new DenseLayer.Builder().nOut(8).build(),
      new OutputLayer.Builder(new LossMSE()).nOut(3).activation(Activation.IDENTITY).build()
    };
    MultiLayerConfiguration configuration =
        Networks.row(Trained.settings(), layers)
            .setInputType(InputType.feedForward(5))
            .validateOutputLayerConfig(false)
            .build();
    configuration.setValidateOutputLayerConfig(false);
    MultiLayerNetwork trained = Networks.of(configuration);
    DataSet samples =
        new DataSet(Nd4j.rand(1L, new long[] {20, 5}), Nd4j.eye(3).getRows(new int[20]));
    Supplier<DataSetIterator> data = () -> new ExistingDataSetIterator(samples.batchBy(10));
    var accuracies =
        SpikingConversion.of(trained)
            .calibrate(data.get())
            .steps(8)
            .convert()
            .accuracyByT(data.get(), 4, 256);
    assertEquals(Set.of(4, 256), accuracies.keySet());
    assertEquals(trained.evaluate(data.get()).accuracy(), accuracies.get(256), 0.11);
  }
}
