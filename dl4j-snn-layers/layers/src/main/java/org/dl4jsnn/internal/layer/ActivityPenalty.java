package org.dl4jsnn.internal.layer;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Broadcast;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The term that the activity of one pass adds to the loss, and its gradients.
 *
 * <p>The term is a function of rates averaged over the N samples of the minibatch, S(r̄). The
 * gradient that goes down a network belongs to a loss summed over the samples: afterwards
 * Deeplearning4j divides it by N, or does not with miniBatch(false), and it adds terms to a score
 * that has or has not been divided. So the summed term is N · S, its derivative with respect to a
 * sample's rate is ∂S/∂r̄ without a factor, and the score gets S or N · S.
 *
 * @param term S
 * @param minibatch N
 * @param rateGradient ∂S/∂r̄ of every neuron, in the order of arrays; null for none
 * @param inputGradient ∂S/∂r̄ of every input; null for none
 */
record ActivityPenalty(double term, int minibatch, double[] rateGradient, double[] inputGradient) {

  /** The penalty of a layer whose activity adds nothing. */
  static ActivityPenalty none(int minibatch) {
    return new ActivityPenalty(0, minibatch, null, null);
  }

  /** The sum of both penalties. */
  ActivityPenalty plus(ActivityPenalty other) {
    return new ActivityPenalty(
        term + other.term,
        minibatch,
        sum(rateGradient, other.rateGradient),
        sum(inputGradient, other.inputGradient));
  }

  private static double[] sum(double[] one, double[] other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    double[] sum = new double[one.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = one[i] + other[i];
    }
    return sum;
  }

  /** The penalty without its gradients. */
  ActivityPenalty withoutGradients() {
    return new ActivityPenalty(term, minibatch, null, null);
  }

  /**
   * The term to add to the score.
   *
   * @param isMean whether the score is a mean over the samples; otherwise it is a sum
   */
  double score(boolean isMean) {
    return isMean ? term : minibatch * term;
  }

  /** The gradient of the layer's rates plus this one; the given array is not changed. */
  INDArray withRateGradient(INDArray gradient, LayerWorkspaceMgr workspaces) {
    if (rateGradient == null) {
      return gradient;
    }
    INDArray sum =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, gradient.dataType(), gradient.shape(), 'c');
    sum.assign(gradient);
    addToEverySample(rateGradient, sum);
    return sum;
  }

  /**
   * Adds the penalty's part to the gradient of the layer's input.
   *
   * @param input the rates of the input; if one is negative, more spikes make it smaller
   * @param gradient added to in place
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  void addInputGradient(INDArray input, INDArray gradient) {
    if (inputGradient == null) {
      return;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray own = Nd4j.create(gradient.dataType(), gradient.shape(), 'c');
        INDArray negative = input.lt(0)) {
      addToEverySample(inputGradient, own);
      try (INDArray sign = negative.castTo(gradient.dataType())) {
        own.muli(sign.muli(-2).addi(1));
      }
      gradient.addi(own);
    }
  }

  @SuppressWarnings("try") // the scope is entered and left, not read
  private static void addToEverySample(double[] values, INDArray target) {
    long[] shape = target.shape();
    long[] ofSample = new long[shape.length - 1];
    int[] axes = new int[ofSample.length];
    for (int axis = 1; axis < shape.length; axis++) {
      ofSample[axis - 1] = shape[axis];
      axes[axis - 1] = axis;
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray doubles = Nd4j.createFromArray(values);
        INDArray row = doubles.castTo(target.dataType())) {
      Broadcast.add(target, row.reshape('c', ofSample), target, axes);
    }
  }
}
