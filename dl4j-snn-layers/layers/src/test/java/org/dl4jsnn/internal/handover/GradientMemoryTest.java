package org.dl4jsnn.internal.handover;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class GradientMemoryTest {

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
    SpikeGradient gradient = SpikeGradient.inTrainOrder(memory, shape, 1, 1);
    for (int i = 0; i < 4; i++) {
      gradient.buffered().putScalar(i, i);
    }
    SpikeGradient below = SpikeGradient.like(gradient, FeatureShape.vector(5));
    assertFalse(gradient.isInTrainOrder());
    assertArrayEquals(new float[] {0, 2, 1, 3}, gradient.values().data().asFloat());
    assertEquals(5, below.values().length());
  }
}
