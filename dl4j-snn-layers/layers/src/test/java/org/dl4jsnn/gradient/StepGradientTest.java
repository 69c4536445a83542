package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StepGradientTest {

  private static final int STEPS = 2;
  private static final FeatureShape SHAPE = FeatureShape.vector(3);

  private static INDArray rateGradient() {
    return Nd4j.createFromArray(new float[][] {{2, 4, 6}, {8, 10, 12}});
  }

  @Test
  void shouldShareAGradientOfRatesAmongTheSteps() {
    try (StepGradient gradient = new StepGradient(Optional.empty(), rateGradient(), STEPS)) {
      StepGradient.Reader reader = gradient.reader();
      for (int step = 0; step < STEPS; step++) {
        assertBoth(reader, 0, step, 1, 2, 3);
        assertBoth(reader, 1, step, 4, 5, 6);
      }
      assertBoth(reader, 0, 1, 1, 2, 3);
    }
  }

  /** What is known in time goes to its step, and the remaining gradient of rates to all steps. */
  @Test
  void shouldAddWhatIsKnownInTime() {
    GradientMemory memory = new GradientMemory();
    SpikeGradient known = new SpikeGradient(memory, SHAPE, 2, STEPS, DataType.FLOAT);
    known
        .values()
        .assign(Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}, {4, 4, 4}}));
    INDArray values = known.values();
    INDArray rates = rateGradient();
    try (StepGradient gradient = new StepGradient(Optional.of(known), rates, STEPS)) {
      StepGradient.Reader reader = gradient.reader();
      assertBoth(reader, 0, 0, 0.5 + 1, 1, 3);
      assertBoth(reader, 0, 1, 0.5, 1 + 2, 3);
      assertBoth(reader, 1, 0, 2, 3, 2.5 + 3);
      assertBoth(reader, 1, 1, 2 + 4, 3 + 4, 2.5 + 4);
      memory.free();
      assertFalse(values.wasClosed());
    }
    memory.free();
    assertTrue(values.wasClosed());
    assertArrayEquals(new double[] {2, 4, 6, 8, 10, 12}, rates.data().asDouble(), 0);
  }

  @Test
  void shouldRefuseWholeNumbers() {
    INDArray whole = Nd4j.ones(DataType.INT32, 2, 3);
    assertThrows(
        IllegalArgumentException.class, () -> new StepGradient(Optional.empty(), whole, STEPS));
  }

  private static void assertBoth(
      StepGradient.Reader reader, int sample, int step, double... expected) {
    double[] doubles = new double[expected.length];
    reader.read(sample, step, doubles);
    assertArrayEquals(expected, doubles, 0);
    float[] singles = new float[expected.length];
    reader.read(sample, step, singles);
    for (int i = 0; i < expected.length; i++) {
      doubles[i] = singles[i];
    }
    assertArrayEquals(expected, doubles, 0);
  }
}
