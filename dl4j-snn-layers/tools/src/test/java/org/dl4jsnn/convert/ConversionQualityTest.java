package org.dl4jsnn.convert;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What a converted network is made of, what its report says, and what few steps cost. */
class ConversionQualityTest {

  private static final int SIDE = 9;
  private static final int CHANNELS = 3;

  private static INDArray images() {
    return Trained.images(20, CHANNELS, SIDE, SIDE);
  }

  private static MultiLayerNetwork trained() {
    return trained(ConvertedLayersTest.pooling(SubsamplingLayer.PoolingType.AVG));
  }

  private static MultiLayerNetwork trained(SubsamplingLayer pooling) {
    return Trained.network(
        Trained.settings()
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).name("first").nOut(6).build())
            .layer(pooling)
            .layer(new DenseLayer.Builder().name("second").nOut(20).build())
            .layer(Trained.readOut())
            .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS))
            .build());
  }

  private static SubsamplingLayer maximum() {
    return ConvertedLayersTest.pooling(SubsamplingLayer.PoolingType.MAX);
  }

  private static SpikingConversion<MultiLayerNetwork> calibrated(MultiLayerNetwork trained) {
    return SpikingConversion.of(trained).calibrate(Trained.data(images()));
  }

  @Test
  void shouldHaveNeuronsThatRoundToTheNearestCount() {
    MultiLayerNetwork spiking = calibrated(trained()).convert().network();
    BaseSpikingLayer first = (BaseSpikingLayer) spiking.getLayer(1).conf().getLayer();
    assertEquals(new SpikingNeuron(1, 1, Reset.bySubtraction(), 0.5), first.getNeuron());
  }

  /** (74): under a constant current the count is that of the nearest whole number, clipped. */
  @Test
  void shouldFireTheNearestWholeNumberOfSpikesInTheFirstLayer() {
    MultiLayerNetwork trained = trained();
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
    return NDArrayIndex.point(place);
  }

  @Test
  void shouldReportEveryLayerOfNeurons() {
    ConvertedNetwork<MultiLayerNetwork> converted =
        calibrated(trained()).scales(Scales.maximum()).steps(256).convert();
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
    ConvertedNetwork<MultiLayerNetwork> converted =
        calibrated(trained()).scales((channel, steps) -> channel.maximum() / 4).steps(32).convert();
    ConversionReport.LayerRow first = converted.report(Trained.data(images())).layers().get(0);
    assertTrue(first.saturated() > 0.3, first.toString());
    ConversionReport.LayerRow fine =
        calibrated(trained())
            .scales(Scales.maximum())
            .steps(4)
            .convert()
            .report(Trained.data(images()))
            .layers()
            .get(0);
    assertTrue(fine.silent() > 0.02, fine.toString());
  }

  @Test
  void shouldKeepChannelsThatNeverFireAndReportThem() {
    MultiLayerNetwork trained = trained();
    trained.getLayer(0).getParam("b").putScalar(2, -1000);
    ConvertedNetwork<MultiLayerNetwork> converted = calibrated(trained).convert();
    ConversionReport.LayerRow first = converted.report(Trained.data(images())).layers().get(0);
    assertEquals(1, first.silentChannels());
    double bias = converted.network().getLayer(1).getParam("b").getDouble(2);
    assertEquals(-1000, bias, 1e-3, "a scale of 1 leaves the weights as they are");
  }

  @Test
  void shouldLoseLessWithMeanSquareScalesAtFewSteps() {
    MultiLayerNetwork trained = trained();
    double byMaximum = error(trained, Scales.maximum());
    double byMeanSquare = error(trained, Scales.meanSquare());
    assertTrue(byMeanSquare < byMaximum, byMeanSquare + " against " + byMaximum);
  }

  private static double error(MultiLayerNetwork trained, Scales scales) {
    return calibrated(trained)
        .scales(scales)
        .steps(4)
        .convert()
        .report(Trained.data(images()))
        .layers()
        .get(0)
        .error();
  }

  /**
   * Neurons of a window fire at different steps; the train that passes still has the largest rate.
   */
  @Test
  void shouldPassMaximaOfRates() {
    ConversionReport.LayerRow second =
        calibrated(trained(maximum()))
            .scales(Scales.maximum())
            .steps(1000)
            .convert()
            .report(Trained.data(images()))
            .layers()
            .get(1);
    assertTrue(second.correlation() > 0.999, second.toString());
    assertTrue(second.relativeError() < 0.005, second.toString());
  }

  @Test
  void shouldRectifyInFrontOfAMaximumThatIsRectifiedAfterwards() {
    MultiLayerNetwork trained =
        Trained.network(
            Trained.settings()
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .name("linear")
                        .activation(Activation.IDENTITY)
                        .nOut(6)
                        .build())
                .layer(maximum())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(Trained.readOut())
                .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS))
                .build());
    ConvertedNetwork<MultiLayerNetwork> converted =
        calibrated(trained).scales(Scales.maximum()).steps(512).convert();
    ConversionReport.LayerRow layer = converted.report(Trained.data(images())).layers().get(0);
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
                .setOutputs("answer")
                .build());
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
  void shouldTakeImagesWithTheChannelsLast() {
    MultiLayerNetwork trained =
        Trained.network(
            Trained.settings()
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3).nOut(6).dataFormat(CNN2DFormat.NHWC).build())
                .layer(new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build())
                .layer(
                    new SubsamplingLayer.Builder(
                            SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
                        .dataFormat(CNN2DFormat.NHWC)
                        .build())
                .layer(new DenseLayer.Builder().nOut(20).build())
                .layer(Trained.readOut())
                .setInputType(InputType.convolutional(SIDE, SIDE + 1, CHANNELS, CNN2DFormat.NHWC))
                .build());
    INDArray features = Trained.images(5, SIDE, SIDE + 1, CHANNELS);
    MultiLayerNetwork spiking = Trained.converted(trained, features, 2000);
    INDArray expected = trained.output(features);
    double difference = expected.sub(spiking.output(features)).amaxNumber().doubleValue();
    assertTrue(difference < 0.02, "answers differ by " + difference);
  }

  @Test
  void shouldTakeGlobalPoolingWithTheChannelsLast() {
    MultiLayerNetwork trained =
        Trained.network(
            Trained.settings()
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3).nOut(6).dataFormat(CNN2DFormat.NHWC).build())
                .layer(
                    new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1, 2).build())
                .layer(Trained.readOut())
                .setInputType(InputType.convolutional(SIDE, SIDE, CHANNELS, CNN2DFormat.NHWC))
                .build());
    INDArray features = Trained.images(5, SIDE, SIDE, CHANNELS);
    MultiLayerNetwork spiking = Trained.converted(trained, features, 2000);
    INDArray expected = trained.output(features);
    assertTrue(expected.sub(spiking.output(features)).amaxNumber().doubleValue() < 0.02);
  }

  /** No convolution says so. */
  @Test
  void shouldSeeFromANormalisationThatTheChannelsAreLast() {
    MultiLayerNetwork trained =
        Trained.network(
            Trained.settings()
                .list()
                .layer(new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build())
                .layer(
                    new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1, 2).build())
                .layer(Trained.readOut())
                .setInputType(InputType.convolutional(CHANNELS, SIDE, CHANNELS, CNN2DFormat.NHWC))
                .build());
    INDArray features = Trained.images(5, CHANNELS, SIDE, CHANNELS);
    MultiLayerNetwork spiking = Trained.converted(trained, features, 2000);
    INDArray expected = trained.output(features);
    assertTrue(expected.sub(spiking.output(features)).amaxNumber().doubleValue() < 0.02);
  }

  @Test
  void shouldReportTheAccuracyByT() {
    MultiLayerNetwork trained = trained();
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
    MultiLayerNetwork trained = trained();
    INDArray before = trained.params().dup();
    INDArray once = calibrated(trained).convert().network().params();
    INDArray twice = calibrated(trained).convert().network().params();
    assertSameBits(before, trained.params());
    assertEquals(once, twice);
  }

  @Test
  void shouldRunForAnotherNumberOfStepsAfterwards() {
    MultiLayerNetwork spiking = calibrated(trained()).steps(8).convert().network();
    MultiLayerNetwork longer = TimeSteps.change(spiking, 64);
    INDArray few = spiking.output(images());
    assertFalse(few.equalsWithEps(longer.output(images()), 1e-6));
  }

  @Test
  void shouldNotReportOverNoData() {
    ConvertedNetwork<MultiLayerNetwork> converted = calibrated(trained()).convert();
    assertThrows(IllegalArgumentException.class, () -> converted.report(Trained.data()));
  }
}
