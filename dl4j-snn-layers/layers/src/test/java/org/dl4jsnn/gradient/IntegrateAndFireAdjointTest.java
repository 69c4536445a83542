package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.Recurrence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The built-in neuron's loop in single precision against the general one in double. */
class IntegrateAndFireAdjointTest {

  private static final int STEPS = 9;
  private static final FeatureShape SHAPE = FeatureShape.image(5, 7, 9);

  private final Random random = new Random(3);

  static Stream<SpikingNeuron> neurons() {
    return Stream.of(
        SpikingNeuron.integrateAndFire(0.75),
        new SpikingNeuron(1.5, 0.9, Reset.to(-0.25), 0),
        new SpikingNeuron(0.5, 0.8, Reset.bySubtraction(), 0.1));
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldEqualThatOfAnyNeuron(SpikingNeuron neuron) {
    compare(neuron, false, Recurrence.NONE);
    compare(neuron, true, Recurrence.NONE);
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldFeedBackThroughRecurrentWeights(SpikingNeuron neuron) {
    INDArray weights = Nd4j.linspace(DataType.FLOAT, -1, 2.0 / SHAPE.neurons(), SHAPE.neurons());
    compare(neuron, false, Recurrence.oneToOne(weights));
  }

  private void compare(SpikingNeuron neuron, boolean detached, Recurrence recurrence) {
    int samples = 2;
    INDArray rateGradient = Nd4j.createUninitialized(DataType.FLOAT, SHAPE.arrayShape(samples));
    rateGradient.data().setData(normal(samples * SHAPE.neurons()));
    ArrayOrder order = new ArrayOrder(SHAPE);
    try (StepGradient gradient = new StepGradient(Optional.empty(), rateGradient, STEPS)) {
      INDArray expected = Nd4j.zeros(DataType.FLOAT, SHAPE.arrayShape(STEPS));
      INDArray actual = expected.dup();
      StepAdjoint<double[][]> any =
          new AnyStepAdjoint(
              neuron,
              SHAPE.channels(),
              detached,
              recurrence,
              gradient.reader(),
              new ArrayRuns(expected),
              order,
              new LearnedGradients(neuron.parameters(), 2, SHAPE.channels()));
      StepAdjoint<float[]> own =
          new IntegrateAndFireAdjoint(
              neuron, detached, recurrence, gradient.reader(), new ArrayRuns(actual), order);
      double[][] carriedOfAny = any.start();
      float[] carried = own.start();
      for (int step = STEPS - 1; step >= 0; step--) {
        Neurons neurons = Neurons.of(neuron, SHAPE.neurons(), SHAPE.channels());
        neurons.start(new float[][] {normal(SHAPE.neurons())});
        float[] surrogate = normal(SHAPE.neurons());
        float[] fired = new float[SHAPE.neurons()];
        for (int i = 0; i < fired.length; i++) {
          fired[i] = neurons.variable(0)[i] > neuron.threshold() ? 1 : 0;
        }
        any.back(1, step, neurons, fired, surrogate, carriedOfAny, step);
        own.back(1, step, neurons, fired, surrogate, carried, step);
      }
      double size = expected.amaxNumber().doubleValue();
      assertArrayEquals(expected.data().asFloat(), actual.data().asFloat(), (float) (1e-6 * size));
    }
  }

  private float[] normal(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
