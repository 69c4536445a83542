package org.dl4jsnn.monitor.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NeuronRateSumsTest {

  private static LayerHealth.Rates of(double... rates) {
    NeuronRateSums sums = new NeuronRateSums();
    INDArray minibatch = Nd4j.createFromArray(rates).castTo(DataType.FLOAT);
    sums.add(minibatch.reshape(1, rates.length));
    return sums.rates(0.95);
  }

  @Test
  void shouldEndTheHistogramWhereRatesEnd() {
    assertEquals(0.01, of(0, 0, 0).histogramTo());
    assertEquals(0.05, of(0, 0.03, 0.04, 0.049).histogramTo());
    assertEquals(1, of(0, 0.6).histogramTo());
    // Max pooling may read graded input.
    assertEquals(1, of(3, 3).histogramTo());
  }

  /** Single precision holds neither of these rates exactly. */
  @Test
  void shouldCountRatesOnALimitAsBeyondIt() {
    assertEquals(0.5, of(0.95, 0.9).saturated());
    for (double end : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1}) {
      assertEquals(end, of(end, end).histogramTo());
    }
    for (int bin = 0; bin < LayerHealth.Rates.BINS; bin++) {
      LayerHealth.Rates rates = of((double) bin / LayerHealth.Rates.BINS, 1);
      assertTrue(rates.histogram().get(bin) > 0, "bin " + bin + " of " + rates);
    }
  }

  @Test
  void shouldNotWidenItForSingleNeurons() {
    double[] rates = new double[100];
    Arrays.fill(rates, 0.08);
    rates[7] = 0.9;
    LayerHealth.Rates one = of(rates);
    assertEquals(0.1, one.histogramTo());
    assertEquals(0.99, one.histogram().get(8) + one.histogram().get(7), 1e-9);
    assertEquals(0.01, one.histogram().get(9), 1e-9);
    rates[1] = 0.9;
    rates[2] = 0.9;
    rates[3] = 0.9;
    assertEquals(1, of(rates).histogramTo());
  }
}
