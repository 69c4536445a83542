package org.dl4jsnn.train;

import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The running average of a network's parameters over its minibatches, which answers better than the
 * last minibatch's parameters while the learning rate is high:
 *
 * <pre>  w̄ ← d · w̄ + (1 − d) · w,   d = min(kept, (1 + n) / (10 + n))   after n minibatches
 * </pre>
 *
 * so that the first minibatches are soon forgotten.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM
 * Journal on Control and Optimization 30, 1992, doi 10.1137/0330046; the beginning as in
 * TensorFlow's ExponentialMovingAverage.
 */
final class WeightAverage {

  private static final double SLOWNESS = 10;

  private final double kept;
  private final INDArray parameters;

  /** An average that goes on. */
  WeightAverage(double kept, INDArray parameters) {
    this.kept = kept;
    this.parameters = parameters;
  }

  /** An average that begins. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  static WeightAverage beginning(double kept, Model network) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return new WeightAverage(kept, network.params().dup());
    }
  }

  /** Takes a minibatch's outcome in. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  void add(Trainee<?> network) {
    int minibatches = network.iterations();
    double share = 1 - Math.min(kept, (1.0 + minibatches) / (SLOWNESS + minibatches));
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray change = network.model().params().sub(parameters)) {
      parameters.addi(change.muli(share));
    }
  }

  /** The network with averaged parameters, apart from the one that learns. */
  <M extends Model> Trainee<M> of(Trainee<M> network) {
    Trainee<M> averaged = network.copy();
    averaged.model().setParams(parameters.dup());
    return averaged;
  }

  /** w̄. */
  INDArray parameters() {
    return parameters;
  }
}
