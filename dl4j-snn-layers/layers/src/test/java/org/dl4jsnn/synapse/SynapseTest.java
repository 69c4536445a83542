package org.dl4jsnn.synapse;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How synapses describe themselves, and how often they add their bias. */
class SynapseTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 3, 4);
  private static final Window2D WINDOW =
      new Window2D(new Window2D.Axis(2, 1, 0, 1, false), new Window2D.Axis(3, 1, 0, 1, false));
  private static final INDArray BIAS = Nd4j.createFromArray(1f, 2f, 3f, 4f);

  private static DenseSynapse dense() {
    return new DenseSynapse(IMAGE, Nd4j.ones(IMAGE.neurons(), 4), BIAS);
  }

  private static ConvolutionSynapse convolution(DataType type) {
    return new ConvolutionSynapse(WINDOW, IMAGE, Nd4j.ones(type, 4, 2, 2, 3), BIAS.castTo(type));
  }

  private static DepthwiseSynapse depthwise() {
    return new DepthwiseSynapse(WINDOW, IMAGE, Nd4j.ones(4, 1, 2, 3), BIAS);
  }

  static Stream<Synapse> weighted() {
    return Stream.of(
        dense(), convolution(DataType.FLOAT), convolution(DataType.DOUBLE), depthwise());
  }

  @ParameterizedTest
  @MethodSource("weighted")
  void shouldAddTheBiasAsOftenAsAsked(Synapse synapse) {
    DataType type =
        synapse instanceof ConvolutionSynapse c ? c.weights().dataType() : DataType.FLOAT;
    INDArray flow = Nd4j.ones(type, IMAGE.arrayShape(2));
    INDArray estimate = Nd4j.create(type, synapse.outputShape().arrayShape(2));
    INDArray five = estimate.dup();
    synapse.estimateCurrent(flow, estimate);
    synapse.current(flow, 5, five);
    long positions = synapse.outputShape().positions();
    double inputs =
        synapse instanceof DenseSynapse ? 24 : synapse instanceof DepthwiseSynapse ? 6 : 12;
    for (long i = 0; i < estimate.length(); i++) {
      long channel = i / positions % 4;
      assertEquals(inputs + channel + 1, estimate.getDouble(i), 1e-5);
      assertEquals(inputs + 5 * (channel + 1), five.getDouble(i), 1e-5);
    }
  }

  /** As in a network, whose parameters are views of one array, and with one sample. */
  @Test
  void shouldMultiplyViewsInSinglePrecisionAsInDouble() {
    INDArray weights = view(Nd4j.rand(DataType.FLOAT, 1, 150));
    INDArray target = view(Nd4j.zeros(DataType.FLOAT, 1, 150));
    INDArray flow = Nd4j.rand(DataType.FLOAT, IMAGE.arrayShape(1));
    INDArray delta = Nd4j.rand(DataType.FLOAT, 1, 4).dup('f');
    INDArray current = Nd4j.create(DataType.FLOAT, 1, 4);
    DenseSynapse synapse = new DenseSynapse(IMAGE, weights, null);
    synapse.current(flow, 1, current);
    INDArray below =
        synapse.backprop(
            flow, delta, Map.of(Synapse.WEIGHT, target), LayerWorkspaceMgr.noWorkspaces());

    DenseSynapse expected = new DenseSynapse(IMAGE, weights.castTo(DataType.DOUBLE), null);
    INDArray wideFlow = flow.castTo(DataType.DOUBLE);
    INDArray wideCurrent = Nd4j.create(DataType.DOUBLE, 1, 4);
    INDArray wideTarget = Nd4j.create(DataType.DOUBLE, 24, 4);
    expected.current(wideFlow, 1, wideCurrent);
    INDArray wideBelow =
        expected.backprop(
            wideFlow,
            delta.castTo(DataType.DOUBLE),
            Map.of(Synapse.WEIGHT, wideTarget),
            LayerWorkspaceMgr.noWorkspaces());
    assertClose(wideCurrent, current);
    assertClose(wideTarget, target);
    assertClose(wideBelow, below);
  }

  private static INDArray view(INDArray all) {
    return all.get(NDArrayIndex.point(0), NDArrayIndex.interval(7, 7 + 24 * 4)).reshape('c', 24, 4);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertTrue(expected.castTo(DataType.FLOAT).equalsWithEps(actual, 1e-5), () -> "" + actual);
  }

  @Test
  void shouldRefuseWeightsAndFlowsOfOtherSizes() {
    INDArray weights = Nd4j.ones(25, 4);
    assertBegins(
        "weights must have one row per input, 24 for",
        () -> new DenseSynapse(IMAGE, weights, null));
    INDArray current = Nd4j.create(2, 4);
    DenseSynapse synapse = dense();
    INDArray flow = Nd4j.ones(2, 25);
    assertThrows(RuntimeException.class, () -> synapse.current(flow, 1, current));
  }

  @Test
  void shouldGiveWhatTheyWereMadeOf() {
    DenseSynapse dense = dense();
    assertEquals(IMAGE, dense.inputShape());
    assertEquals(FeatureShape.vector(4), dense.outputShape());
    assertSame(BIAS, dense.bias());
    assertArrayEquals(new long[] {24, 4}, dense.weights().shape());
    ConvolutionSynapse convolution = convolution(DataType.FLOAT);
    assertEquals(IMAGE, convolution.inputShape());
    assertEquals(FeatureShape.image(4, 2, 2), convolution.outputShape());
    assertEquals(WINDOW, convolution.window());
    assertEquals(BIAS, convolution.bias());
    DepthwiseSynapse depthwise = depthwise();
    assertEquals(IMAGE, depthwise.inputShape());
    assertEquals(FeatureShape.image(4, 2, 2), depthwise.outputShape());
    assertEquals(WINDOW, depthwise.window());
    assertSame(BIAS, depthwise.bias());
    assertArrayEquals(new long[] {4, 1, 2, 3}, depthwise.weights().shape());
    assertEquals(DataType.FLOAT, depthwise.dataType());
    weighted().forEach(synapse -> assertTrue(synapse.isWeighted()));
  }

  @Test
  void shouldRefuseDepthwiseOutputsThatChannelsDoNotDivide() {
    assertMessage(
        "output channels of a depthwise convolution must be a multiple of the input's, 2, got 3",
        () -> new DepthwiseSynapse(WINDOW, IMAGE, Nd4j.ones(3, 1, 2, 3), null));
  }

  @Test
  void shouldDescribePooling() {
    Window2D.Axis two = new Window2D.Axis(2, 2, 0, 1, false);
    Window2D.Axis other = new Window2D.Axis(2, 1, 0, 1, false);
    Window2D.Axis three = new Window2D.Axis(3, 2, 0, 1, false);
    PoolingWindows windows = new PoolingWindows(new Window2D(two, two), IMAGE);
    AverageSynapse average = new AverageSynapse(windows);
    assertSame(windows, average.windows());
    assertEquals(IMAGE, average.inputShape());
    assertEquals(FeatureShape.image(2, 1, 2), average.outputShape());
    assertFalse(average.isWeighted());
    assertEquals(DataType.FLOAT, average.dataType());
    assertEquals(Optional.empty(), average.charges());
    assertTrue(windows.areTwoByTwo());
    assertEquals(4, windows.positions());
    assertEquals(new Window2D(two, two), windows.window());
    assertFalse(new PoolingWindows(new Window2D(two, other), IMAGE).areTwoByTwo());
    assertFalse(new PoolingWindows(new Window2D(three, two), IMAGE).areTwoByTwo());
    assertEquals(6, new PoolingWindows(new Window2D(three, two), IMAGE).positions());
  }

  @Test
  void shouldBoundNoCurrentByDefault() {
    Charges unbounded = new Charges(() -> null);
    assertEquals(Double.POSITIVE_INFINITY, unbounded.currentBound(3));
    assertEquals(6, new Charges(() -> null, amplitude -> 2 * amplitude).currentBound(3));
  }

  @Test
  void shouldCountTheValuesOfAKernelThatIsTooLarge() {
    // 2 dilated is 2³⁰ + 1; one more in each direction, of 2 inputs and 4 outputs.
    Window2D.Axis rows = new Window2D.Axis(2, 1, 0, 1 << 30, true);
    Window2D.Axis columns = new Window2D.Axis(3, 1, 0, 1, true);
    INDArray weights = Nd4j.ones(4, 2, 2, 3);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new ConvolutionSynapse(new Window2D(rows, columns), IMAGE, weights, null))
            .getMessage();
    long values = ((1L << 30) + 2) * 4 * 2 * 4;
    assertTrue(
        message.startsWith(
            "kernel with its dilation must have at most 2147483647 values, got " + values),
        message);
  }
}
