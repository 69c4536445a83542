package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.array.PooledArrays;
import org.dl4jsnn.internal.host.StepwiseMaximum;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StepwiseMaximumTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 7, 6);
  private static final int STEPS = 9;

  @Test
  void shouldPassTheMaximumOfEveryStep() {
    for (int stride : List.of(2, 1)) {
      Window2D.Axis axis = new Window2D.Axis(2, stride, 0, 1, false);
      PoolingWindows windows = new PoolingWindows(new Window2D(axis, axis), IMAGE);
      for (SpikeTrain train :
          List.of(
              RandomTrains.binary(IMAGE, 2, STEPS, 1),
              RandomTrains.packed(RandomTrains.binary(IMAGE, 2, STEPS, 1)),
              RandomTrains.signed(IMAGE, 2, STEPS, 2),
              RandomTrains.graded(IMAGE, 2, STEPS, 3),
              RandomTrains.constant(IMAGE, 2, STEPS, 4))) {
        SpikeTrain pooled = StepwiseMaximum.of(train, windows);
        assertEquals(train.unitSpikes(), pooled.unitSpikes());
        INDArray sum = Nd4j.create(windows.output().arrayShape(2));
        for (int step = 0; step < STEPS; step++) {
          INDArray expected = Nd4j.create(windows.output().arrayShape(2));
          PooledArrays.pool(windows, "maxpool2d", DenseReference.frame(train, step), expected);
          assertEquals(expected, DenseReference.frame(pooled, step));
          sum.addi(expected);
        }
        assertEquals(sum, Nd4j.create(pooled.totals(), sum.shape(), 'c'));
      }
    }
  }
}
