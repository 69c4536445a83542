package org.dl4jsnn.gradient.surrogate;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.internal.contract.SavedLayers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * What every surrogate keeps, at tiny, ordinary, large and random widths: it is the derivative of
 * its smooth step, which rises from 0 to 1 and is 1/2 at the threshold; it is even, nowhere
 * negative and largest at the threshold; it survives JSON.
 */
class SurrogateTest {

  private static final List<DoubleFunction<Surrogate>> ALL =
      List.of(
          Surrogate::rectangular,
          Surrogate::triangular,
          Surrogate::sigmoid,
          Surrogate::arctan,
          Surrogate::fastSigmoid);

  static Stream<Surrogate> surrogates() {
    List<Surrogate> surrogates = new ArrayList<>();
    Random random = new Random(1);
    for (DoubleFunction<Surrogate> factory : ALL) {
      for (double width : new double[] {1e-3, 0.25, 1, 100, 5 * random.nextDouble()}) {
        surrogates.add(factory.apply(width));
      }
    }
    return surrogates.stream();
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldBeTheDerivativeOfItsSmoothStep(Surrogate surrogate) {
    double width = surrogate.width();
    double h = 1e-6 * width;
    // Away from the corners of the pieces, at 0, ±width/2 and ±width.
    for (double x : new double[] {-3.3, -1.7, -0.9, -0.6, -0.3, -0.1, 0.1, 0.3, 0.7, 1.2, 5.1}) {
      double slope =
          (surrogate.smoothStep(x * width + h) - surrogate.smoothStep(x * width - h)) / (2 * h);
      assertEquals(slope * width, surrogate.derivative(x * width) * width, 1e-6, "at " + x);
    }
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldRiseFromZeroToOne(Surrogate surrogate) {
    double width = surrogate.width();
    assertEquals(0.5, surrogate.smoothStep(0), 1e-12);
    assertEquals(0, surrogate.smoothStep(-1e4 * width), 1e-4);
    assertEquals(1, surrogate.smoothStep(1e4 * width), 1e-4);
    double before = 0;
    for (double x = -5; x <= 5; x += 0.25) {
      double step = surrogate.smoothStep(x * width);
      assertTrue(step >= before && step <= 1, "at " + x);
      before = step;
    }
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldBeEvenAndLargestAtTheThreshold(Surrogate surrogate) {
    double width = surrogate.width();
    for (double x = 0; x <= 5; x += 0.125) {
      double derivative = surrogate.derivative(x * width);
      assertEquals(derivative, surrogate.derivative(-x * width), 1e-12 / width);
      assertTrue(derivative >= 0 && derivative <= surrogate.derivative(0));
    }
    for (double far : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}) {
      assertEquals(0, surrogate.derivative(far), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldGiveManyAtOnceInSinglePrecision(Surrogate surrogate) {
    int count = 4001;
    double width = surrogate.width();
    float[] membrane = new float[count];
    for (int i = 0; i < count; i++) {
      membrane[i] = (float) ((i - count / 2 + 0.25) * 0.01 * width);
    }
    membrane[0] = Float.MAX_VALUE;
    membrane[1] = -Float.MAX_VALUE;
    float[] derivatives = new float[count];
    surrogate.derivatives(membrane, derivatives);
    for (int i = 0; i < count; i++) {
      double expected = surrogate.derivative(membrane[i]);
      assertEquals(expected * width, derivatives[i] * width, 1e-5, "at " + membrane[i]);
    }
    assertEquals(0, derivatives[0], "so far away not even the largest membrane makes it something");
    assertEquals(0, derivatives[1]);
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldSurviveJson(Surrogate surrogate) throws JsonProcessingException {
    BackpropRule rule = new SpatioTemporalBackprop(surrogate);
    BackpropRule restored = SavedLayers.restored(rule);
    assertEquals(rule, restored);
    assertEquals(rule.hashCode(), restored.hashCode());
  }

  @Test
  void shouldRefuseWidthsBeyondSinglePrecision() {
    for (DoubleFunction<Surrogate> factory : ALL) {
      for (double width : new double[] {1e-50, 1e-40, 1e39}) {
        assertRefused(
            IllegalArgumentException.class,
            () -> factory.apply(width),
            "surrogate width in single precision");
      }
    }
  }

  @Test
  void shouldRefuseWidthsThatAreNotPositiveAndFinite() {
    for (DoubleFunction<Surrogate> factory : ALL) {
      for (double width : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertMessage(
            "surrogate width must be positive and finite, got " + width,
            () -> factory.apply(width));
      }
    }
  }

  @Test
  void shouldBeAValueOfItsKindAndWidth() {
    for (DoubleFunction<Surrogate> factory : ALL) {
      Surrogate surrogate = factory.apply(0.5);
      assertEquals(factory.apply(0.5), surrogate);
      assertEquals(factory.apply(0.25), surrogate.withWidth(0.25));
      assertNotEquals(surrogate, surrogate.withWidth(0.25));
      assertNotEquals(surrogate.hashCode(), surrogate.withWidth(0.25).hashCode());
      assertEquals(surrogate.getClass().getSimpleName() + " of width 0.5", surrogate.toString());
      long equal = ALL.stream().filter(f -> f.apply(0.5).equals(surrogate)).count();
      assertEquals(1, equal, "kinds that equal " + surrogate);
      assertNotEquals(surrogate, surrogate.toString());
    }
  }

  @Test
  void shouldMeasureItsWidthInThresholdsWithinSinglePrecision() {
    for (DoubleFunction<Surrogate> factory : ALL) {
      assertEquals(1.5, factory.apply(0.5).inThresholds(3).width());
      assertEquals(1e30, factory.apply(1e20).inThresholds(1e20).width());
      assertEquals(1e-30, factory.apply(1e-20).inThresholds(1e-20).width());
    }
  }

  /** Figures of the formulas in docs/mathematics.md. */
  @Test
  void shouldHaveTheValuesOfItsFormula() {
    assertEquals(0.5, Surrogate.rectangular(2).derivative(0.99));
    assertEquals(0, Surrogate.rectangular(2).derivative(1));
    assertEquals(0.375, Surrogate.triangular(2).derivative(-0.5));
    assertEquals(0.125, Surrogate.sigmoid(2).derivative(0));
    assertEquals(0.5 / (1 + Math.PI * Math.PI), Surrogate.arctan(2).derivative(2), 1e-15);
    assertEquals(0.0625, Surrogate.fastSigmoid(2).derivative(2));
  }
}
