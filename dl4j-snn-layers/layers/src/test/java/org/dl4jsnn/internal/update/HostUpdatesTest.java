package org.dl4jsnn.internal.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dl4jsnn.SameBits;
import org.dl4jsnn.internal.kernel.OwnLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The library's loops against ND4J's operations. */
class HostUpdatesTest {

  private static final Adam ADAM = new Adam(0.02, 0.8, 0.99, 1e-6);

  /** For weights of magnitude 1: a few roundings of single precision. */
  private static final double ROUNDING = 1e-6;

  private static INDArray random(DataType type, int seed, long length) {
    float[] values = new float[Math.toIntExact(length)];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).castTo(type);
  }

  private static INDArray state(DataType type, long length) {
    return Nd4j.zeros(type, 1, 2 * length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 2048, 2049, 70_000, 150_001})
  void shouldTakeTheStepsOfAdam(int length) {
    INDArray expectedState = state(DataType.FLOAT, length);
    INDArray state = state(DataType.FLOAT, length);
    GradientUpdater<?> expected = ADAM.instantiate(expectedState, true);
    GradientUpdater<?> updater = HostUpdates.of(ADAM).instantiate(state, true);
    for (int iteration = 0; iteration < 4; iteration++) {
      INDArray gradient = random(DataType.FLOAT, iteration, length);
      INDArray update = gradient.dup();
      expected.applyUpdater(gradient, iteration, 0);
      updater.applyUpdater(update, iteration, 0);
      assertTrue(update.equalsWithEps(gradient, ROUNDING), "iteration " + iteration);
    }
    assertTrue(state.equalsWithEps(expectedState, ROUNDING), "state");
    assertTrue(state.norm1Number().doubleValue() > 0, "no state");
  }

  @Test
  void shouldLeaveOtherPrecisionsToNd4j() {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT16)) {
      INDArray expected = random(type, 1, 100);
      INDArray update = expected.dup();
      ADAM.instantiate(state(type, 100), true).applyUpdater(expected, 3, 0);
      HostUpdates.of(ADAM).instantiate(state(type, 100), true).applyUpdater(update, 3, 0);
      assertEquals(expected, update, type.toString());
    }
  }

  /** Values that do not lie one after another. */
  @Test
  void shouldLeaveColumnsToNd4j() {
    INDArray expected = random(DataType.FLOAT, 1, 12).reshape(4, 3);
    INDArray gradients = expected.dup();
    INDArray weights = random(DataType.FLOAT, 2, 12).reshape(4, 3);
    Regularization l2 = new L2Regularization(0.3);
    l2.apply(weights.getColumn(1), expected.getColumn(1), 1, 0, 0);
    quick(l2).apply(weights.getColumn(1), gradients.getColumn(1), 1, 0, 0);
    assertEquals(expected, gradients);
    assertEquals(
        l2.score(weights.getColumn(1), 0, 0),
        quick(l2).score(weights.getColumn(1), 0, 0),
        ROUNDING);
  }

  @Test
  void shouldEqualTheOriginalInBothDirections() {
    IUpdater quick = HostUpdates.of(ADAM);
    assertNotSame(ADAM, quick);
    assertEquals(ADAM, quick);
    assertEquals(quick, ADAM);
    assertEquals(ADAM.hashCode(), quick.hashCode());
    assertSame(Adam.class, quick.clone().getClass());
    assertEquals(ADAM, quick.clone());
    IUpdater scheduled = new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.5));
    assertEquals(scheduled, HostUpdates.of(scheduled));
    assertEquals(0.025, HostUpdates.of(scheduled).getLearningRate(2, 0), ROUNDING);
  }

  /** As {@code network.setLearningRate} does. */
  @Test
  void shouldFollowALearningRateThatIsChangedDuringTraining() {
    Adam adam = new Adam(0.1);
    GradientUpdater<?> updater = HostUpdates.of(adam).instantiate(state(DataType.FLOAT, 1), true);
    adam.setLrAndSchedule(0.4, null);
    INDArray gradient = Nd4j.ones(DataType.FLOAT, 1);
    updater.applyUpdater(gradient, 0, 0);
    assertEquals(0.4, gradient.getDouble(0), ROUNDING);
    assertSame(adam, updater.getConfig());
    HostUpdates.of(adam).setLrAndSchedule(0.7, null);
    assertEquals(0.7, adam.getLearningRate(0, 0), ROUNDING);
    Adam asked = (Adam) HostUpdates.of(adam);
    asked.setLearningRate(0.2);
    asked.setBeta1(0.5);
    asked.setBeta2(0.6);
    asked.setEpsilon(0.1);
    assertEquals(new Adam(0.2, 0.5, 0.6, 0.1), adam);
    asked.setLearningRateSchedule(new FixedSchedule(0.3));
    assertEquals(0.3, adam.getLearningRate(0, 0), ROUNDING);
  }

  @Test
  void shouldTakeOverNamedState() {
    INDArray mean = Nd4j.ones(DataType.FLOAT, 3);
    INDArray square = Nd4j.ones(DataType.FLOAT, 3);
    Map<String, INDArray> state = Map.of(AdamUpdater.M_STATE, mean, AdamUpdater.V_STATE, square);
    GradientUpdater<?> updater = HostUpdates.of(ADAM).instantiate(state, false);
    updater.applyUpdater(Nd4j.zeros(DataType.FLOAT, 3), 0, 0);
    assertEquals(0.8, mean.getDouble(1), ROUNDING);
    assertEquals(0.99, square.getDouble(1), ROUNDING);
  }

  @Test
  void shouldNotReplaceWhatMayComputeSomethingElse() {
    assertNull(HostUpdates.of((IUpdater) null));
    assertNull(HostUpdates.of((List<Regularization>) null));
    IUpdater own = new Adam(0.1) {};
    assertSame(own, HostUpdates.of(own));
    IUpdater sgd = new Sgd(0.1);
    assertSame(sgd, HostUpdates.of(sgd));
    Regularization l1 = new L1Regularization(0.1);
    Regularization decay = new WeightDecay(0.1, true) {};
    assertEquals(List.of(l1, decay), HostUpdates.of(List.of(l1, decay)));
    assertSame(decay, HostUpdates.of(List.of(l1, decay)).get(1));
  }

  private static Regularization quick(Regularization original) {
    Regularization quick = HostUpdates.of(List.of(original)).get(0);
    assertNotSame(original, quick);
    assertEquals(original, quick);
    assertEquals(original.applyStep(), quick.applyStep());
    assertSame(original.getClass(), quick.clone().getClass());
    return quick;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 2048, 70_001})
  void shouldRegularize(int length) {
    for (Regularization original :
        List.of(
            new L2Regularization(0.3),
            new WeightDecay(0.3, true),
            new WeightDecay(0.3, false),
            new L2Regularization(new ExponentialSchedule(ScheduleType.ITERATION, 0.3, 0.5)))) {
      INDArray weights = random(DataType.FLOAT, 1, length);
      INDArray before = weights.dup();
      INDArray expected = random(DataType.FLOAT, 2, length);
      INDArray gradient = expected.dup();
      original.apply(weights, expected, 0.5, 2, 0);
      quick(original).apply(weights, gradient, 0.5, 2, 0);
      assertTrue(gradient.equalsWithEps(expected, ROUNDING), original.toString());
      SameBits.assertSameBits(before, weights);
      // In double precision, since ND4J's sum loses the fifth digit of long arrays.
      double score = original.score(weights.castTo(DataType.DOUBLE), 2, 0);
      assertEquals(score, quick(original).score(weights, 2, 0), 1e-12 * score);
    }
  }

  @Test
  void shouldLeaveUpdatesToNd4jIfAsked() {
    List<Regularization> regularizations = List.of(new L2Regularization(0.1));
    INDArray weights = random(DataType.FLOAT, 1, 20);
    System.setProperty(OwnLoops.UPDATES.property(), "nd4j");
    try {
      assertSame(ADAM, HostUpdates.of(ADAM));
      assertSame(regularizations, HostUpdates.of(regularizations));
      assertFalse(HostUpdates.add(weights, 0.5, weights.dup()));
    } finally {
      System.clearProperty(OwnLoops.UPDATES.property());
    }
  }
}
