package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gradients of comparisons against differences of their continuation to all numbers. */
class SpikeTrainCombinationTest {

  private static final FeatureShape SHAPE = FeatureShape.image(3, 2, 5);
  private static final int SAMPLES = 4;
  private static final int STEPS = 6;
  private static final double EPSILON = 1e-4;

  private static DoubleBinaryOperator continued(SpikeTrainCombination combination) {
    return combination == SpikeTrainCombination.AND ? (a, b) -> a * b : (a, b) -> a * (1 - b);
  }

  /** The difference of an output when one of two inputs changes. */
  private static double slope(SpikeTrainCombination combination, int branch, double a, double b) {
    DoubleBinaryOperator f = continued(combination);
    double above = branch == 0 ? f.applyAsDouble(a + EPSILON, b) : f.applyAsDouble(a, b + EPSILON);
    double below = branch == 0 ? f.applyAsDouble(a - EPSILON, b) : f.applyAsDouble(a, b - EPSILON);
    return (above - below) / (2 * EPSILON);
  }

  @ParameterizedTest
  @EnumSource(names = {"AND", "AND_NOT"})
  void shouldHandDownGradients(SpikeTrainCombination combination) {
    Nd4j.getRandom().setSeed(3);
    List<SpikeTrain> trains =
        List.of(
            RandomTrains.binary(SHAPE, SAMPLES, STEPS, 1),
            RandomTrains.binary(SHAPE, SAMPLES, STEPS, 2));
    INDArray[] spikes =
        trains.stream()
            .map(train -> DenseFrames.of(train, 0, SAMPLES, 0, STEPS, DataType.DOUBLE))
            .toArray(INDArray[]::new);
    INDArray inTime = Nd4j.randn(DataType.DOUBLE, SHAPE.arrayShape(SAMPLES * STEPS));
    INDArray ofRates = Nd4j.randn(DataType.DOUBLE, SHAPE.arrayShape(SAMPLES));
    SpikeGradient gradient =
        new SpikeGradient(new GradientMemory(), SHAPE, SAMPLES, STEPS, DataType.DOUBLE);
    gradient.put(0, 0, STEPS, inTime);
    for (int branch = 0; branch < 2; branch++) {
      INDArray byStep = combination.gradient(gradient, trains, branch).values();
      for (long i = 0; i < inTime.length(); i++) {
        double slope = slope(combination, branch, spikes[0].getDouble(i), spikes[1].getDouble(i));
        assertEquals(inTime.getDouble(i) * slope, byStep.getDouble(i), 1e-9);
      }
      // A rate grows by as much at every step.
      INDArray whole = combination.gradient(ofRates, trains, branch);
      for (int i = 0; i < ofRates.length(); i++) {
        double mean = 0;
        for (int step = 0; step < STEPS; step++) {
          int n = SHAPE.neurons();
          long at = (long) (i / n * STEPS + step) * n + i % n;
          mean += slope(combination, branch, spikes[0].getDouble(at), spikes[1].getDouble(at));
        }
        assertEquals(ofRates.getDouble(i) * mean / STEPS, whole.getDouble(i), 1e-9);
      }
    }
  }
}
