package org.dl4jsnn.internal.handover;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class GradientMemoryTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 5, 7);
  private static final int STEPS = 3;

  private final GradientMemory memory = new GradientMemory();

  private INDArray idle(DataType type, long length) {
    INDArray array = new GradientMemory().take(type, length);
    memory.giveBack(array);
    return array;
  }

  @Test
  void shouldGiveTheSmallestIdleArrayThatIsLongEnough() {
    INDArray large = idle(DataType.FLOAT, 30);
    INDArray small = idle(DataType.FLOAT, 10);
    idle(DataType.DOUBLE, 20);
    assertSame(small, memory.take(DataType.FLOAT, 9));
    assertSame(large, memory.take(DataType.FLOAT, 9));
    INDArray made = memory.take(DataType.FLOAT, 9);
    assertNotSame(small, made);
    assertEquals(9, made.length());
  }

  @Test
  void shouldTellArraysOfEqualValuesApart() {
    INDArray one = idle(DataType.FLOAT, 4).assign(1);
    INDArray other = idle(DataType.FLOAT, 4).assign(1);
    INDArray first = memory.take(DataType.FLOAT, 4);
    assertSame(first == one ? other : one, memory.take(DataType.FLOAT, 4));
  }

  @Test
  void shouldKeepTheLargestThree() {
    INDArray second = idle(DataType.FLOAT, 20);
    INDArray first = idle(DataType.FLOAT, 10);
    INDArray third = idle(DataType.FLOAT, 30);
    assertFalse(first.wasClosed());
    INDArray fourth = idle(DataType.FLOAT, 40);
    assertTrue(first.wasClosed());
    memory.free();
    assertTrue(second.wasClosed() && third.wasClosed() && fourth.wasClosed());
  }

  /** A gradient begins an array that may be longer, and knows its sum until a value changes. */
  @Test
  void shouldHoldAGradientThatIsShorterThanItsMemory() {
    INDArray array = idle(DataType.FLOAT, 50);
    array.assign(7);
    SpikeGradient gradient =
        new SpikeGradient(memory, FeatureShape.vector(3), 2, 4, DataType.FLOAT);
    gradient.values().assign(1);
    assertEquals(24 + 7 * (50 - 24), array.sumNumber().intValue());
    assertEquals(24, gradient.sum().sumNumber().intValue());
    gradient.scale(gradient.sum().dup());
    assertEquals(96, gradient.sum().sumNumber().intValue());
    gradient.close();
    gradient.close();
    assertThrows(IllegalStateException.class, gradient::values);
    assertSame(array, memory.take(DataType.FLOAT, 50));
    assertNotSame(array, memory.take(DataType.FLOAT, 50));
  }

  /** Tasks that read a gradient side by side must not each turn it round. */
  @Test
  void shouldTurnAGradientBeforeTasksReadIt() {
    FeatureShape shape = FeatureShape.image(2, 1, 2);
    SpikeGradient gradient = SpikeGradient.inTrainOrder(memory, shape, 1, 1, Optional.empty());
    for (int i = 0; i < 4; i++) {
      gradient.buffered().putScalar(i, i);
    }
    SpikeGradient below = SpikeGradient.like(gradient, FeatureShape.vector(5));
    assertFalse(gradient.isInTrainOrder());
    assertArrayEquals(new float[] {0, 2, 1, 3}, gradient.values().data().asFloat());
    assertEquals(5, below.values().length());
  }

  /** Rows and columns without a window get 0; here the last ones, and those between windows. */
  @ParameterizedTest
  @CsvSource({"2, 2", "2, 3", "1, 2"})
  void shouldSpreadTheValuesOfWindows(int kernel, int stride) {
    PoolingWindows windows = windows(kernel, stride);
    FeatureShape pooled = windows.output();
    SpikeGradient gradient = ofWindows(windows);
    assertEquals(2L * STEPS * pooled.neurons(), gradient.buffered().length());
    assertTrue(gradient.windows().isPresent());
    INDArray ofWindows = gradient.buffered().dup();
    INDArray sum = gradient.sum();
    INDArray values = gradient.values();
    assertFalse(gradient.windows().isPresent());
    for (int row = 0; row < 2 * STEPS; row++) {
      for (int neuron = 0; neuron < IMAGE.neurons(); neuron++) {
        int channel = neuron % IMAGE.channels();
        int y = neuron / IMAGE.channels() / IMAGE.width();
        int x = neuron / IMAGE.channels() % IMAGE.width();
        int window = y / stride * pooled.width() + x / stride;
        boolean held =
            y % stride < kernel
                && x % stride < kernel
                && y / stride < pooled.height()
                && x / stride < pooled.width();
        long at = (long) row * pooled.neurons() + window * pooled.channels() + channel;
        double expected = held ? ofWindows.data().getDouble(at) : 0;
        assertEquals(expected, values.getDouble(row, channel, y, x), 0);
      }
    }
    INDArray expected = values.reshape('c', 2, STEPS, IMAGE.neurons()).sum(1);
    assertEquals(expected, sum.reshape('c', 2, IMAGE.neurons()));
  }

  /** Two layers may read one train, of which only one averages windows. */
  @Test
  void shouldAddTheValuesOfWindowsToOthers() {
    SpikeGradient expected = ofWindows(windows(2, 2));
    expected.values().addi(1);
    SpikeGradient other = new SpikeGradient(memory, IMAGE, 2, STEPS, DataType.FLOAT);
    other.values().assign(1);
    SpikeGradient gradient = ofWindows(windows(2, 2));
    gradient.addAndClose(other);
    assertEquals(expected.values(), gradient.values());
    SpikeGradient doubled = ofWindows(windows(2, 2));
    doubled.addAndClose(ofWindows(windows(2, 2)));
    assertEquals(ofWindows(windows(2, 2)).values().mul(2), doubled.values());
  }

  private SpikeGradient ofWindows(PoolingWindows windows) {
    SpikeGradient gradient =
        SpikeGradient.inTrainOrder(memory, IMAGE, 2, STEPS, Optional.of(windows));
    for (int i = 0; i < gradient.buffered().length(); i++) {
      gradient.buffered().data().put(i, i + 1);
    }
    return gradient;
  }

  private static PoolingWindows windows(int kernel, int stride) {
    Window2D.Axis axis = new Window2D.Axis(kernel, stride, 0, 1, false);
    return new PoolingWindows(new Window2D(axis, axis), IMAGE);
  }
}
