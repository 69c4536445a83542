package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.array.PooledArrays;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The gradient of a step goes where Deeplearning4j's max pooling of that step's frame sends it. */
class MaximumGradientTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 6, 4);
  private static final int MINIBATCH = 2;
  private static final int STEPS = 5;

  static Stream<SpikeTrain> trains() {
    return Stream.of(
        RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 1),
        PackedTrains.of(RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 2)),
        RandomTrains.signed(IMAGE, MINIBATCH, STEPS, 3),
        RandomTrains.graded(IMAGE, MINIBATCH, STEPS, 4));
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldFollowTheMaximumOfEachStep(SpikeTrain train) {
    Window2D.Axis two = new Window2D.Axis(2, 2, 0, 1, false);
    PoolingWindows windows = new PoolingWindows(new Window2D(two, two), IMAGE);
    Nd4j.getRandom().setSeed(1);
    INDArray values =
        Nd4j.rand(DataType.DOUBLE, windows.output().arrayShape(MINIBATCH * STEPS)).subi(0.5);
    SpikeGradient gradient =
        new SpikeGradient(
            new GradientMemory(), windows.output(), MINIBATCH, STEPS, DataType.DOUBLE);
    gradient.put(0, 0, STEPS, values);

    INDArray expected = Nd4j.create(DataType.DOUBLE, IMAGE.arrayShape(MINIBATCH * STEPS));
    INDArray frames = DenseFrames.of(train, 0, MINIBATCH, 0, STEPS, DataType.DOUBLE);
    PooledArrays.poolBackprop(windows, "maxpool2d_bp", frames, values, expected);
    assertEquals(expected, MaximumGradient.backprop(train, windows, gradient).values());
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldPutBlocksOfAnySize(SpikeTrain train) {
    INDArray all = Nd4j.rand(DataType.DOUBLE, IMAGE.arrayShape(MINIBATCH * STEPS));
    SpikeGradient gradient =
        new SpikeGradient(new GradientMemory(), IMAGE, MINIBATCH, STEPS, DataType.DOUBLE);
    for (int sample = 0; sample < MINIBATCH; sample++) {
      for (int step = 0; step < STEPS; step += 2) {
        int count = Math.min(2, STEPS - step);
        int row = gradient.row(sample, step);
        INDArray block = all.get(NDArrayIndex.interval(row, row + count)).dup();
        gradient.put(sample, step, count, block);
      }
    }
    assertEquals(all, gradient.values());
    INDArray sum = all.reshape('c', MINIBATCH, STEPS, 72).sum(1);
    assertEquals(sum, gradient.sum().reshape(MINIBATCH, 72));
  }
}
