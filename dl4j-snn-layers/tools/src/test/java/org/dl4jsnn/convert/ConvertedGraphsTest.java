package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
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
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Branches: with many steps the spiking graph answers what the trained one does. */
class ConvertedGraphsTest {

  private static final int STEPS = 2000;
  private static final int SIDE = 8;
  private static final int CHANNELS = 3;

  private static GraphBuilder builder() {
    return Trained.settings()
        .convolutionMode(ConvolutionMode.Same)
        .graphBuilder()
        .addInputs("images")
        .setInputTypes(InputType.convolutional(SIDE, SIDE, CHANNELS))
        .setOutputs("answer");
  }

  private static ConvolutionLayer convolution(int kernel, int stride, Activation activation) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .nOut(6)
        .activation(activation)
        .build();
  }

  private static ConvolutionLayer rectified() {
    return convolution(3, 1, Activation.RELU);
  }

  private static ConvolutionLayer linear(int kernel, int stride) {
    return convolution(kernel, stride, Activation.IDENTITY);
  }

  private static ElementWiseVertex sum() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Add);
  }

  private static ActivationLayer relu() {
    return new ActivationLayer(Activation.RELU);
  }

  private static ComputationGraph check(GraphBuilder builder) {
    ComputationGraph trained = Trained.graph(builder);
    INDArray features = Trained.images(Trained.SAMPLES, CHANNELS, SIDE, SIDE).subi(0.3);
    ComputationGraph spiking = Trained.converted(trained, features, STEPS);
    INDArray expected = trained.outputSingle(features);
    INDArray answer = spiking.outputSingle(features);
    double difference = expected.sub(answer).amaxNumber().doubleValue();
    double spread = expected.max(0).sub(expected.min(0)).maxNumber().doubleValue();
    assertTrue(
        difference < Math.min(0.02, 0.25 * spread),
        "answers differ by " + difference + " of " + spread);
    return spiking;
  }

  private static Object vertex(ComputationGraph graph, String name) {
    return graph.getConfiguration().getVertices().get(name);
  }

  @Test
  void shouldAddTheRatesOfBranches() {
    ComputationGraph spiking =
        check(
            builder()
                .addLayer("a", rectified(), "images")
                .addLayer("b", rectified(), "a")
                .addVertex("sum", sum(), "a", "b")
                .addLayer("relu", relu(), "sum")
                .addLayer("dense", new DenseLayer.Builder().nOut(9).build(), "relu")
                .addLayer("answer", Trained.readOut(), "dense"));
    assertInstanceOf(SpikingAdd.class, vertex(spiking, "sum"));
  }

  @Test
  void shouldAddRatesThatWerePooledDifferently() {
    SubsamplingLayer average =
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
            .build();
    ComputationGraph spiking =
        check(
            builder()
                .addLayer("a", rectified(), "images")
                .addLayer("average", average, "a")
                .addLayer("b", convolution(3, 2, Activation.RELU), "a")
                .addVertex("sum", sum(), "average", "b")
                .addLayer("answer", Trained.readOut(), "sum"));
    assertInstanceOf(SpikingConcatenate.class, vertex(spiking, "sum"));
  }

  @Test
  void shouldEndResidualBlocksWithOneLayerOfNeurons() {
    ComputationGraph spiking =
        check(
            builder()
                .addLayer("stem", rectified(), "images")
                .addLayer("first", linear(3, 1), "stem")
                .addLayer("norm1", new BatchNormalization(), "first")
                .addLayer("relu1", relu(), "norm1")
                .addLayer("second", linear(3, 1), "relu1")
                .addLayer("norm2", new BatchNormalization(), "second")
                .addVertex("sum", sum(), "norm2", "stem")
                .addLayer("relu2", relu(), "sum")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "relu2")
                .addLayer("answer", Trained.readOut(), "pool"));
    // encoding, stem, first, relu2, pool, answer
    assertEquals(6, spiking.getNumLayers());
  }

  @Test
  void shouldGiveShortcutsWithAStrideTheirOwnNeurons() {
    check(
        builder()
            .addLayer("stem", rectified(), "images")
            .addLayer("first", convolution(3, 2, Activation.RELU), "stem")
            .addLayer("second", linear(3, 1), "first")
            .addLayer("shortcut", linear(1, 2), "stem")
            .addLayer("norm", new BatchNormalization(), "shortcut")
            .addVertex("sum", sum(), "second", "norm")
            .addLayer("relu", relu(), "sum")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "relu")
            .addLayer("answer", Trained.readOut(), "pool"));
  }

  @Test
  void shouldConvertResidualBlocksThatNormaliseFirst() {
    check(
        builder()
            .addLayer("stem", linear(3, 1), "images")
            .addLayer("norm1", new BatchNormalization(), "stem")
            .addLayer("relu1", relu(), "norm1")
            .addLayer("first", linear(3, 1), "relu1")
            .addVertex("sum1", sum(), "first", "stem")
            .addLayer("norm2", new BatchNormalization(), "sum1")
            .addLayer("relu2", relu(), "norm2")
            .addLayer("second", linear(3, 1), "relu2")
            .addVertex("sum2", sum(), "second", "sum1")
            .addLayer("norm3", new BatchNormalization(), "sum2")
            .addLayer("relu3", relu(), "norm3")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "relu3")
            .addLayer("answer", Trained.readOut(), "pool"));
  }

  /** Their kernels have no common one, so each branch gets neurons. */
  @Test
  void shouldAddConvolutionsOfDifferentDilation() {
    ConvolutionLayer dilated =
        new ConvolutionLayer.Builder(3, 3)
            .dilation(2, 2)
            .nOut(6)
            .activation(Activation.IDENTITY)
            .build();
    check(
        builder()
            .addLayer("stem", rectified(), "images")
            .addLayer("near", linear(3, 1), "stem")
            .addLayer("far", dilated, "stem")
            .addVertex("sum", sum(), "near", "far")
            .addLayer("relu", relu(), "sum")
            .addLayer("answer", Trained.readOut(), "relu"));
  }

  @Test
  void shouldKeepTheNamesOfTheInputAndTheReadOutFree() {
    check(
        builder()
            .addLayer("input", rectified(), "images")
            .addLayer("answer", new DenseLayer.Builder().nOut(12).build(), "input"));
  }

  @Test
  void shouldConcatenateBranchesWithTheirOwnScales() {
    ComputationGraph spiking =
        check(
            builder()
                .addLayer("a", rectified(), "images")
                .addLayer("b", convolution(1, 1, Activation.RELU), "a")
                .addVertex("merge", new MergeVertex(), "a", "b")
                .addLayer("c", rectified(), "merge")
                .addLayer("answer", Trained.readOut(), "c"));
    assertInstanceOf(SpikingConcatenate.class, vertex(spiking, "merge"));
  }

  @Test
  void shouldConcatenateFeaturesAndRates() {
    check(
        builder()
            .addLayer("a", rectified(), "images")
            .addVertex("merge", new MergeVertex(), "images", "a")
            .addLayer("c", rectified(), "merge")
            .addLayer("answer", Trained.readOut(), "c"));
  }

  @Test
  void shouldAverageScaleAndShift() {
    check(
        builder()
            .addLayer("a", rectified(), "images")
            .addLayer("b", rectified(), "images")
            .addVertex("mean", new ElementWiseVertex(ElementWiseVertex.Op.Average), "a", "b")
            .addVertex("scale", new ScaleVertex(1.7), "mean")
            .addVertex("shift", new ShiftVertex(-0.4), "scale")
            .addLayer("relu", relu(), "shift")
            .addLayer("answer", Trained.readOut(), "relu"));
  }

  /** The sum's rates would stand for more than the cap of one of them. */
  @Test
  void shouldKeepTheCapOfABranchThatIsAddedToAnother() {
    assertInstanceOf(SpikingConcatenate.class, vertex(check(capped(0.3, 1.5)), "sum"));
    assertInstanceOf(SpikingAdd.class, vertex(check(capped(0.3, 0.3)), "sum"));
  }

  private static GraphBuilder capped(double first, double second) {
    return builder()
        .addLayer("a", capped(first), "images")
        .addLayer("b", capped(second), "images")
        .addVertex("sum", sum(), "a", "b")
        .addLayer("dense", new DenseLayer.Builder().nOut(9).build(), "sum")
        .addLayer("answer", Trained.readOut(), "dense");
  }

  private static ConvolutionLayer capped(double cap) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(6)
        .activation(new ActivationReLU(cap, 0.0, 0.0))
        .build();
  }

  private static InputStream resource(String name) {
    return ConvertedGraphsTest.class.getResourceAsStream("/convert/" + name);
  }

  private static void assertNear(INDArray expected, INDArray answer) {
    double difference = expected.sub(answer).amaxNumber().doubleValue();
    assertTrue(difference < 0.02, "answers differ by " + difference);
  }

  @Test
  void shouldConvertASequentialModel() throws IOException {
    MultiLayerNetwork trained =
        ModelSerializer.restoreMultiLayerNetwork(resource("keras-sequential.zip"), false);
    INDArray images = Trained.images(6, 12, 10, 3);
    MultiLayerNetwork spiking = Trained.converted(trained, images, STEPS);
    assertNear(trained.output(images), spiking.output(images));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras-functional.zip", "keras-plain.zip"})
  void shouldConvertAFunctionalModelWithAResidualBlock(String file) throws IOException {
    ComputationGraph trained = ModelSerializer.restoreComputationGraph(resource(file), false);
    INDArray images = Trained.images(6, 8, 8, 3);
    ComputationGraph spiking = Trained.converted(trained, images, STEPS);
    assertNear(trained.outputSingle(images), spiking.outputSingle(images));
  }
}
