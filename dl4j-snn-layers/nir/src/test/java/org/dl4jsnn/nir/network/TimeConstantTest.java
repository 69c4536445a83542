package org.dl4jsnn.nir.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeConstantTest {

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-3, 0.0025, 1, 1.0 / 3})
  void shouldKeepSharesToTheLastBitAndWeightsToTheOneBeforeIt(double timeStep) {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      double kept = 0.5 + 0.4999 * random.nextDouble();
      TimeConstant found = TimeConstant.of(kept, timeStep);
      assertEquals((float) kept, (float) (1 - timeStep / found.tau()), "share " + kept);
      float keptInSingle = 1 - (float) timeStep / found.tau();
      assertEquals((float) kept, keptInSingle, Math.ulp(0.5f), "share " + kept);
      float charge = (float) (found.gain() * timeStep / found.tau());
      assertEquals(1, charge, Math.ulp(1f), "charge at share " + kept);
    }
  }
}
