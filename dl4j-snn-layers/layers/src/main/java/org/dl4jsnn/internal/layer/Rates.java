package org.dl4jsnn.internal.layer;

import java.nio.FloatBuffer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.RatesUse;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the activation of a spiking layer: its firing rates (equation 6 of docs/mathematics.md).
 */
final class Rates {

  /** With this many numbers several threads write faster than one. */
  private static final int MANY = 1 << 16;

  private Rates() {}

  /** Accumulated flow / T, as an activation in the workspace that Deeplearning4j expects. */
  static INDArray of(SpikeTrain train, DataType type, LayerWorkspaceMgr workspaces) {
    return of(AccumulatedSpikes.of(train), ArrayType.ACTIVATIONS, type, workspaces);
  }

  /** The same, or an array of that shape if nothing reads them. */
  static INDArray of(SpikeTrain train, DataType type, LayerWorkspaceMgr workspaces, RatesUse use) {
    return use.areUnread(workspaces)
        ? unread(train, type, workspaces)
        : of(train, type, workspaces);
  }

  /** One number in place of all, which is none: who does read them shall see it. */
  static INDArray unread(SpikeTrain train, DataType type, LayerWorkspaceMgr workspaces) {
    INDArray one = workspaces.createUninitialized(ArrayType.ACTIVATIONS, type, new long[] {1}, 'c');
    long[] size = train.shape().arrayShape(train.minibatch());
    return Nd4j.create(one.assign(Double.NaN).data(), size, new long[size.length], 0, 'c');
  }

  /** Accumulated flow / T, in the workspace of an array type, if there is one. */
  static INDArray of(
      AccumulatedSpikes train, ArrayType place, DataType type, LayerWorkspaceMgr workspaces) {
    INDArray rates =
        workspaces.createUninitialized(
            place, type, train.shape().arrayShape(train.minibatch()), 'c');
    AccumulatedSpikes once = train.once(); // what is repeated is its own mean, unrounded
    write(once, once.steps(), rates);
    return rates;
  }

  /** Writes the accumulated flow, divided, to an array. */
  static void write(AccumulatedSpikes train, float divisor, INDArray target) {
    HostArrays.fill(target, buffer -> write(train, divisor, buffer));
  }

  private static void write(AccumulatedSpikes train, float divisor, FloatBuffer target) {
    Supplier<IntConsumer> newTask = () -> writer(train, divisor, target);
    if (target.remaining() >= MANY) {
      ParallelSamples.run(train.minibatch(), newTask);
    } else {
      IntStream.range(0, train.minibatch()).forEach(newTask.get());
    }
  }

  /** Writes one sample after another. */
  private static IntConsumer writer(AccumulatedSpikes train, float divisor, FloatBuffer target) {
    AccumulatedSpikes.Reader reader = train.reader();
    float[] values = new float[train.shape().neurons()];
    return sample -> {
      reader.read(sample, values);
      divide(values, divisor);
      target.put(sample * values.length, values, 0, values.length);
    };
  }

  private static void divide(float[] values, float divisor) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
  }
}
