package org.dl4jsnn.internal.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingGeometryTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 5, 8);

  /** Into an array with other values; some inputs lie beyond the windows, or between them. */
  @ParameterizedTest
  @CsvSource({"2, 2", "2, 3", "1, 2", "1, 1"})
  void shouldSpreadValuesOfWindows(int kernel, int stride) {
    Window2D.Axis axis = new Window2D.Axis(kernel, stride, 0, 1, false);
    PoolingGeometry geometry =
        new PoolingGeometry(new PoolingWindows(new Window2D(axis, axis), IMAGE));
    int channels = IMAGE.channels();
    float[] ofWindows = new float[geometry.output().neurons()];
    for (int i = 0; i < ofWindows.length; i++) {
      ofWindows[i] = i + 1;
    }
    float[] inputs = new float[IMAGE.neurons()];
    Arrays.fill(inputs, Float.NaN);
    geometry.spread(ofWindows, inputs);
    for (int i = 0; i < inputs.length; i++) {
      int position = i / channels;
      boolean held = geometry.rows(position) * geometry.columns(position) > 0;
      int window = geometry.firstWindow(position);
      assertEquals(held ? ofWindows[window * channels + i % channels] : 0, inputs[i]);
    }
  }
}
