package org.dl4jsnn.internal.layer;

import java.nio.FloatBuffer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes the activation of a spiking layer: its firing rates (equation 6 of docs/mathematics.md).
 */
final class Rates {

  /** Numbers from which on several threads write them sooner than one. */
  private static final int MANY = 1 << 16;

  private Rates() {}

  /** Accumulated flow / T, as an activation in the workspace where Deeplearning4j expects it. */
  static INDArray of(SpikeTrain train, DataType type, LayerWorkspaceMgr workspaces) {
    return of(AccumulatedSpikes.of(train), type, workspaces);
  }

  /** Accumulated flow / T, as an activation. */
  static INDArray of(AccumulatedSpikes train, DataType type, LayerWorkspaceMgr workspaces) {
    INDArray activation =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, type, train.shape().arrayShape(train.minibatch()), 'c');
    HostArrays.fill(activation, buffer -> divide(train, buffer));
    return activation;
  }

  private static void divide(AccumulatedSpikes train, FloatBuffer target) {
    int neurons = train.shape().neurons();
    Supplier<IntConsumer> newTask = () -> divider(train.totals(), train.steps(), neurons, target);
    if (target.remaining() >= MANY) {
      ParallelSamples.run(train.minibatch(), newTask);
    } else {
      IntStream.range(0, train.minibatch()).forEach(newTask.get());
    }
  }

  /** Writes the rates of one sample after another. */
  private static IntConsumer divider(float[] totals, float steps, int neurons, FloatBuffer target) {
    float[] rates = new float[neurons];
    return sample -> {
      int first = sample * neurons;
      for (int i = 0; i < neurons; i++) {
        rates[i] = totals[first + i] / steps;
      }
      target.put(first, rates, 0, neurons);
    };
  }
}
