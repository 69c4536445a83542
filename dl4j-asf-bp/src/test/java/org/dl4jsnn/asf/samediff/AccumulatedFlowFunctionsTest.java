package org.dl4jsnn.asf.samediff;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.Function;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values, gradients by hand, and refusals. */
class AccumulatedFlowFunctionsTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 6, 5);
  private static final Window2D WINDOW = window(2, 2, 0, 1, false);

  private final SameDiff graph = SameDiff.create();
  private final SDVariable slope = graph.var("slope", Nd4j.scalar(0.5));

  private static Window2D window(int kernel, int stride, int padding, int dilation, boolean same) {
    Window2D.Axis axis = new Window2D.Axis(kernel, stride, padding, dilation, same);
    return new Window2D(axis, axis);
  }

  private SDVariable variable(String name, double... values) {
    return graph.var(name, Nd4j.createFromArray(values).reshape(1, values.length));
  }

  /** The gradients of the sum of a value. */
  private Map<String, INDArray> gradients(SDVariable value, String... of) {
    value.sum("loss");
    graph.setLossVariables("loss");
    return graph.calculateGradients(Map.of(), of);
  }

  private static void assertValues(INDArray array, double... values) {
    assertArrayEquals(values, array.reshape(array.length()).toDoubleVector(), 0);
  }

  @Test
  void shouldHaveTheSimulatedValueAndTheGatedLinesGradient() {
    SDVariable current = variable("current", 0.3, -0.2, 0, 4);
    SDVariable rates = variable("rates", 0.1, 0.7, 1, 0);
    SDVariable fired =
        AccumulatedFlowFunctions.fire("fired", current, new SimulatedNeurons(rates, slope));
    assertEquals("fired", fired.name());
    assertValues(fired.eval(), 0.1, 0.7, 1, 0);

    Map<String, INDArray> gradients = gradients(fired, "current", "rates", "slope");
    assertValues(gradients.get("current"), 0.5, 0, 0, 0.5);
    assertValues(gradients.get("rates"), 0, 0, 0, 0);
    assertValues(gradients.get("slope"), 0);
  }

  @Test
  void shouldGateByTheSimulatedCurrentWhereItIsGiven() {
    SDVariable current = variable("current", 0.3, -0.2);
    SDVariable simulated = variable("simulated", -1, 1);
    SDVariable fired =
        AccumulatedFlowFunctions.fire(
            "fired", current, new SimulatedNeurons(variable("rates", 0, 1), slope, simulated));
    Map<String, INDArray> gradients = gradients(fired, "current", "simulated");
    assertValues(gradients.get("current"), 0, 0.5);
    assertValues(gradients.get("simulated"), 0, 0);
  }

  /** All floating-point sums are exact. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void shouldHaveExactlyTheSimulatedRates(DataType type) {
    INDArray rates = Nd4j.rand(type, 3, 4, 3, 3);
    SDVariable value =
        AccumulatedFlowFunctions.convolution(
            "value",
            graph.constant(Nd4j.rand(type, 3, 2, 6, 5).mul(1e3)),
            IMAGE,
            window(3, 2, 0, 2, true),
            graph.var("W", Nd4j.randn(type, 4, 2, 3, 3)),
            graph.var("b", Nd4j.randn(type, 4)),
            new SimulatedNeurons(graph.constant(rates), graph.constant(Nd4j.ones(type, 1))));
    assertEquals(rates, value.eval());
    INDArray weightGradient = gradients(value, "W", "b").get("W");
    assertArrayEquals(new long[] {4, 2, 3, 3}, weightGradient.shape());
  }

  @Test
  void shouldPassTheGradientOfMaxPoolingToTheLargestRate() {
    SDVariable rates =
        graph.var("rates", Nd4j.createFromArray(0.1, 0.4, 0.2, 0.3).reshape(1, 1, 2, 2));
    SDVariable pooled = AccumulatedFlowFunctions.maxPooling("pooled", rates, WINDOW);
    assertValues(pooled.eval(), 0.4);
    assertValues(gradients(pooled, "rates").get("rates"), 0, 1, 0, 0);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    SDVariable rates = graph.constant(Nd4j.rand(DataType.DOUBLE, 1, 2, 6, 5));
    SDVariable weights = graph.var("W", Nd4j.rand(DataType.DOUBLE, 3, 2, 2, 2));
    SimulatedNeurons neurons = new SimulatedNeurons(rates, slope);
    assertRefused("slope must be given, got null", n -> new SimulatedNeurons(rates, null));
    assertRefused(
        "weights must be given, got null",
        n -> AccumulatedFlowFunctions.dense(n, rates, null, null, neurons));
    assertRefused(
        "weights must have the known axes [nIn, nOut], got [3, 2, 2, 2]",
        n -> AccumulatedFlowFunctions.dense(n, rates, weights, null, neurons));
    assertRefused(
        "weights must have the known axes [nIn, nOut], got an unknown shape",
        n -> AccumulatedFlowFunctions.dense(n, rates, weights.mul(2), null, neurons));
    assertRefused(
        "weights must have the shape [3, 2, 3, 3] for 2×6×5 and the window ("
            + same()
            + "), got"
            + " [3, 2, 2, 2]",
        n -> AccumulatedFlowFunctions.convolution(n, rates, IMAGE, same(), weights, null, neurons));
    assertRefused(
        "window of a pooling must have neither padding nor dilation, got " + same(),
        n -> AccumulatedFlowFunctions.averagePooling(n, rates, same(), neurons));
    assertRefused(
        "neurons must be given, got null",
        n -> AccumulatedFlowFunctions.averagePooling(n, rates, WINDOW, null));
  }

  private static Window2D same() {
    return window(3, 1, 0, 1, true);
  }

  private static void assertRefused(String message, Function<String, Object> call) {
    assertMessage(message, () -> call.apply("refused"));
  }
}
