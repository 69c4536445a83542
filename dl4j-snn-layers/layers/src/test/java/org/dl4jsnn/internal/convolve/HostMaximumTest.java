package org.dl4jsnn.internal.convolve;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.array.PooledArrays;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Maximum pooling against ND4J's operations, with many equal values in a window. */
class HostMaximumTest {

  private static final int SAMPLES = 3;
  private static final FeatureShape SHAPE = FeatureShape.image(2, 9, 7);

  /** Windows side by side, that overlap along one axis or both, and with gaps. */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 2",
    "3, 3, 2, 2",
    "3, 3, 3, 3",
    "2, 3, 2, 4",
    "3, 2, 2, 2",
    "2, 2, 3, 1",
    "3, 2, 3, 2",
    "1, 1, 1, 1",
    "9, 9, 7, 7"
  })
  void shouldPoolAsNd4jDoes(int rows, int rowStride, int columns, int columnStride) {
    Window2D window =
        new Window2D(
            new Window2D.Axis(rows, rowStride, 0, 1, false),
            new Window2D.Axis(columns, columnStride, 0, 1, false));
    PoolingWindows windows = new PoolingWindows(window, SHAPE);
    float[] values = new float[SAMPLES * SHAPE.neurons()];
    float[] gradient = new float[SAMPLES * windows.output().neurons()];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4) - 2;
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = random.nextInt(9) - 4;
    }
    INDArray input = Nd4j.createFromArray(values).reshape(SHAPE.arrayShape(SAMPLES));
    INDArray pooledGradient =
        Nd4j.createFromArray(gradient).reshape(windows.output().arrayShape(SAMPLES));
    INDArray expectedMaxima = pooledGradient.ulike();
    INDArray expectedGradient = input.ulike();
    PooledArrays.pool(windows, "maxpool2d", input, expectedMaxima);
    PooledArrays.poolBackprop(windows, "maxpool2d_bp", input, pooledGradient, expectedGradient);

    INDArray maxima = expectedMaxima.ulike();
    INDArray passed = input.ulike();
    assertTrue(HostArrays.areInPlace(input, pooledGradient, maxima, passed), "left to ND4J");
    PooledArrays.maxima(windows, input, maxima);
    PooledArrays.maximaBackprop(windows, input, pooledGradient, passed);
    assertSameBits(expectedMaxima, maxima, "maxima");
    assertSameBits(expectedGradient, passed, "gradient");
  }
}
