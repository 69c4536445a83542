package org.dl4jsnn.train;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelRuns;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The running average of a network's parameters over its minibatches, which is more accurate than
 * the last minibatch's parameters while the learning rate is high:
 *
 * <pre>  w̄ ← d · w̄ + (1 − d) · w,   d = min(kept, (1 + n) / (10 + n))   after n updates
 * </pre>
 *
 * so the first minibatches are soon forgotten.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM
 * Journal on Control and Optimization 30, 1992, doi 10.1137/0330046; the warm-up of d as in
 * TensorFlow's ExponentialMovingAverage.
 *
 * @param parameters w̄
 */
record WeightAverage(double kept, INDArray parameters) {

  private static final double SLOWNESS = 10;

  /** A new average. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static WeightAverage beginning(double kept, Model network) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray parameters = network.params();
      return new WeightAverage(kept, wide(parameters).dup());
    }
  }

  /**
   * Parameters in the precision of averages: in half precision, small shares of small changes would
   * be rounded away.
   */
  static INDArray wide(INDArray parameters) {
    return parameters.dataType() == DataType.DOUBLE
        ? parameters
        : parameters.castTo(DataType.FLOAT);
  }

  /** Adds the parameters after a minibatch. */
  void add(TrainableNetwork<?> network) {
    int updates = network.iterations();
    double share = 1 - Math.min(kept, (1.0 + updates) / (SLOWNESS + updates));
    INDArray now = network.model().params();
    if (HostArrays.areSingleOnHost(now.dataType())) {
      INDArray average = vector(parameters);
      add(HostArrays.buffer(vector(now)), (float) share, HostArrays.buffer(average));
      HostArrays.written(average);
      Reference.reachabilityFence(now);
      Reference.reachabilityFence(average);
    } else {
      addWhole(now, share);
    }
  }

  /** The same memory as a vector. */
  private static INDArray vector(INDArray parameters) {
    return parameters.reshape('c', true, parameters.length());
  }

  /** In one pass, since reading and writing the arrays is what takes time. */
  private static void add(FloatBuffer weights, float share, FloatBuffer average) {
    ParallelRuns.run(
        weights.remaining(),
        () -> {
          float[] w = new float[ParallelRuns.LONGEST];
          float[] mean = new float[ParallelRuns.LONGEST];
          return (part, first, count) -> {
            weights.get(first, w, 0, count);
            average.get(first, mean, 0, count);
            for (int i = 0; i < count; i++) {
              mean[i] += (w[i] - mean[i]) * share;
            }
            average.put(first, mean, 0, count);
          };
        });
  }

  /** The same with ND4J's operations, for other data types and backends. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private void addWhole(INDArray now, double share) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray wide = wide(now);
      try (INDArray change = wide.sub(parameters)) {
        parameters.addi(change.muli(share));
      }
      if (wide != now) {
        wide.close();
      }
    }
  }

  /** A copy of the network with averaged parameters. */
  <M extends Model> TrainableNetwork<M> of(TrainableNetwork<M> network) {
    TrainableNetwork<M> averaged = network.copy();
    // A copy, also without a conversion.
    averaged.model().setParams(parameters.castTo(network.model().params().dataType()).dup());
    return averaged;
  }
}
