package org.dl4jsnn.train;

import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@link LearningRateSchedule#COSINE}: rises linearly, then falls along half a cosine to zero,
 * minibatch by minibatch (Loshchilov and Hutter, "SGDR", ICLR 2017, arXiv 1608.03983, without
 * restarts). ND4J has no such schedule; its RampSchedule rises, but cannot be read back from a
 * saved model.
 *
 * @param rate the highest learning rate
 * @param warmUp minibatches in which it rises; 0 for none
 * @param iterations total number of minibatches
 */
record CosineSchedule(
    @JsonProperty("rate") double rate,
    @JsonProperty("warmUp") int warmUp,
    @JsonProperty("iterations") int iterations)
    implements ISchedule {

  @JsonCreator
  CosineSchedule {
    Require.positiveFinite("rate", rate);
    Require.atLeast("warmUp", warmUp, 0);
    Require.atLeast("iterations", iterations, 1);
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    if (iteration < warmUp) {
      return rate * (iteration + 1) / warmUp;
    }
    double share = (double) (iteration - warmUp) / Math.max(1, iterations - warmUp);
    return rate * (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;
  }

  // No copy needed: records are immutable.
  @Override
  public ISchedule clone() {
    return this;
  }
}
