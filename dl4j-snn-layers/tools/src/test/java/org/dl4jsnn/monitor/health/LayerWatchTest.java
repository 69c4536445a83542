package org.dl4jsnn.monitor.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.monitor.SynapticOperations.OfLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.LoggerFactory;

/** Each condition of a single look begins, is reported once with its cure, and ends. */
class LayerWatchTest {

  /** What is measured: values within the limits, one beyond them, and one within again. */
  private static Arguments of(
      LayerCondition condition, ObjDoubleConsumer<LayerWatch> measure, double good, double bad) {
    return Arguments.of(condition, measure, good, bad);
  }

  static Stream<Arguments> conditions() {
    ObjDoubleConsumer<LayerWatch> rate =
        (watch, value) -> watch.addRates(Nd4j.valueArrayOf(new long[] {2, 3}, value), 7);
    ObjDoubleConsumer<LayerWatch> gradient = (watch, value) -> watch.addGradient(value, 7);
    ObjDoubleConsumer<LayerWatch> slope = (watch, value) -> watch.addSlope(value, 7);
    return Stream.of(
        of(LayerCondition.SILENT, rate, 0.5, 0),
        of(LayerCondition.SATURATED, rate, 0.5, 1),
        of(LayerCondition.WITHOUT_GRADIENT, gradient, 1, 0),
        of(LayerCondition.EXPLODING, gradient, 1, 1000),
        of(LayerCondition.BROKEN_GRADIENT, gradient, 1, Double.NaN),
        of(LayerCondition.BROKEN_GRADIENT, gradient, 1, Double.POSITIVE_INFINITY),
        of(LayerCondition.ODD_SLOPE, slope, 1, 0.001),
        of(LayerCondition.ODD_SLOPE, slope, 1, 11),
        of(LayerCondition.ODD_SLOPE, slope, 1, Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void shouldSayOnceThatItBeginsAndOnceThatItEnds(
      LayerCondition condition, ObjDoubleConsumer<LayerWatch> measure, double good, double bad) {
    try (LogOf log = new LogOf(LayerWatchTest.class)) {
      LayerWarnings warnings = new LayerWarnings(LoggerFactory.getLogger(LayerWatchTest.class));
      LayerWatch watch = new LayerWatch("dense", true, HealthLimits.DEFAULT, warnings);
      // The mean that an exploding gradient is compared with takes four looks.
      DoubleStream.of(good, good, good, good).forEach(value -> measure.accept(watch, value));
      assertEquals(Set.of(), warnings.of("dense"));

      measure.accept(watch, bad);
      measure.accept(watch, bad);
      assertEquals(Set.of(condition), warnings.of("dense"));
      List<String> begun = log.messages(Level.WARN);
      assertEquals(1, begun.size(), begun::toString);
      assertTrue(
          begun.get(0).startsWith("Layer 'dense' is " + condition.state() + " at iteration 7"),
          begun::toString);
      assertTrue(begun.get(0).contains("got " + bad), begun::toString);
      assertTrue(begun.get(0).endsWith(condition.cure()), begun::toString);

      measure.accept(watch, good);
      assertEquals(Set.of(), warnings.of("dense"));
      assertEquals(begun, log.messages(Level.WARN));
      assertEquals(1, log.messages(Level.INFO).size());
    }
  }

  @Test
  void shouldNotSayThatAGradientIsNoLongerExplodingWhenItBreaks() {
    try (LogOf log = new LogOf(LayerWatchTest.class)) {
      LayerWarnings warnings = new LayerWarnings(LoggerFactory.getLogger(LayerWatchTest.class));
      LayerWatch watch = new LayerWatch("dense", true, HealthLimits.DEFAULT, warnings);
      DoubleStream.of(1, 1, 1, 1, 1000, Double.POSITIVE_INFINITY)
          .forEach(norm -> watch.addGradient(norm, 7));
      assertEquals(Set.of(LayerCondition.BROKEN_GRADIENT), warnings.of("dense"));
      assertEquals(2, log.messages(Level.WARN).size());
      assertEquals(List.of(), log.messages(Level.INFO));
    }
  }

  /** Sums of rates are above 1 in healthy networks. */
  @Test
  void shouldNotCallPoolingWithoutNeuronsSaturated() {
    LayerWarnings warnings = new LayerWarnings(LoggerFactory.getLogger(LayerWatchTest.class));
    LayerWatch watch = new LayerWatch("sum", false, HealthLimits.DEFAULT, warnings);
    watch.addRates(Nd4j.valueArrayOf(new long[] {2, 3}, 1.2), 7);
    assertEquals(Set.of(), warnings.of("sum"));
    watch.addRates(Nd4j.zeros(2, 3), 8);
    assertEquals(Set.of(LayerCondition.SILENT), warnings.of("sum"));
  }

  private static LayerHealth.Rates rates(double... rates) {
    NeuronRateSums sums = new NeuronRateSums();
    INDArray minibatch = Nd4j.createFromArray(rates).castTo(DataType.FLOAT);
    sums.add(minibatch.reshape(1, rates.length));
    return sums.rates(0.95);
  }

  @Test
  void shouldEndTheHistogramWhereRatesEnd() {
    assertEquals(0.01, rates(0, 0, 0).histogramTo());
    assertEquals(0.05, rates(0, 0.03, 0.04, 0.049).histogramTo());
    assertEquals(1, rates(0, 0.6).histogramTo());
    // Max pooling may read graded input.
    assertEquals(1, rates(3, 3).histogramTo());
  }

  /** Single precision holds neither of these rates exactly. */
  @Test
  void shouldCountRatesOnALimitAsBeyondIt() {
    assertEquals(0.5, rates(0.95, 0.9).saturated());
    for (double end : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1}) {
      assertEquals(end, rates(end, end).histogramTo());
    }
    for (int bin = 0; bin < LayerHealth.Rates.BINS; bin++) {
      LayerHealth.Rates rates = rates((double) bin / LayerHealth.Rates.BINS, 1);
      assertTrue(rates.histogram().get(bin) > 0, "bin " + bin + " of " + rates);
    }
  }

  @Test
  void shouldNotWidenItForSingleNeurons() {
    double[] rates = new double[100];
    Arrays.fill(rates, 0.08);
    rates[7] = 0.9;
    LayerHealth.Rates one = rates(rates);
    assertEquals(0.1, one.histogramTo());
    assertEquals(0.99, one.histogram().get(8) + one.histogram().get(7), 1e-9);
    assertEquals(0.01, one.histogram().get(9), 1e-9);
    rates[1] = 0.9;
    rates[2] = 0.9;
    rates[3] = 0.9;
    assertEquals(1, rates(rates).histogramTo());
  }

  private static final OperationEnergy ENERGY = new OperationEnergy(1, 5);

  /** A recurrent layer after direct encoding: its input once, its own spikes one by one. */
  @Test
  void shouldPriceBothOfARecurrentLayer() {
    LayerHealth.Energy energy = ENERGY.of(new OfLayer("recurrent", 70, 100, 20));
    assertEquals(20 * 5 + 70, energy.picojoules());
    assertTrue(energy.constantInput());
  }
}
