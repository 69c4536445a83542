package org.dl4jsnn.gradient.surrogate;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Surrogates made from the slopes of other libraries have their gradients. */
class SurrogateSlopesTest {

  private static void assertSame(
      DoubleUnaryOperator published, double factor, Surrogate surrogate) {
    for (double x = -2; x < 2; x += 0.013) {
      assertEquals(
          factor * published.applyAsDouble(x),
          surrogate.derivative(x),
          1e-9,
          surrogate + " at " + x);
    }
  }

  /** snnTorch 0.9: atan, sigmoid, fast_sigmoid; the last has a peak of 1. */
  @Test
  void shouldHaveTheGradientsOfSnnTorch() {
    for (double k : new double[] {0.5, 2, 25}) {
      assertSame(
          x -> k / 2 / (1 + Math.pow(Math.PI / 2 * k * x, 2)), 1, Surrogate.arctanOfSlope(k));
      assertSame(
          x -> k * Math.exp(-k * x) / Math.pow(Math.exp(-k * x) + 1, 2),
          1,
          Surrogate.sigmoidOfSlope(k));
      assertSame(x -> 1 / Math.pow(k * Math.abs(x) + 1, 2), k / 2, Surrogate.fastSigmoidOfSlope(k));
    }
  }

  /** SpikingJelly 0.0.0.0.14: ATan, Sigmoid, SoftSign, PiecewiseQuadratic, Rect. */
  @Test
  void shouldHaveTheGradientsOfSpikingJelly() {
    for (double k : new double[] {0.5, 1, 4}) {
      assertSame(
          x -> k / 2 / (1 + Math.pow(Math.PI / 2 * k * x, 2)), 1, Surrogate.arctanOfSlope(k));
      assertSame(
          x -> k / (2 * Math.pow(1 + Math.abs(k * x), 2)), 1, Surrogate.fastSigmoidOfSlope(k));
      assertSame(
          x -> Math.abs(x) > 1 / k ? 0 : k - k * k * Math.abs(x),
          1,
          Surrogate.triangularOfSlope(k));
      assertSame(x -> Math.abs(x) < 0.5 / k ? k : 0, 1, Surrogate.rectangularOfSlope(k));
    }
  }

  @Test
  void shouldRefuseWhatIsNoSlope() {
    List<DoubleFunction<Surrogate>> all =
        List.of(
            Surrogate::arctanOfSlope,
            Surrogate::fastSigmoidOfSlope,
            Surrogate::rectangularOfSlope,
            Surrogate::sigmoidOfSlope,
            Surrogate::triangularOfSlope);
    for (DoubleFunction<Surrogate> surrogate : all) {
      for (double slope : new double[] {0, -25, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertBegins(
            "surrogate slope must be positive and finite, got " + slope,
            () -> surrogate.apply(slope));
      }
    }
    assertEquals(Surrogate.fastSigmoid(0.04), Surrogate.fastSigmoidOfSlope(25));
  }
}
