package org.dl4jsnn.examples;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The former name of {@link org.dl4jsnn.train.CosineSchedule}, kept so that Deeplearning4j's {@code
 * ModelSerializer} can load models with it in their configuration.
 *
 * @deprecated use {@link org.dl4jsnn.train.CosineSchedule}
 */
@Deprecated
record CosineSchedule(
    @JsonProperty("rate") double rate,
    @JsonProperty("warmUp") int warmUp,
    @JsonProperty("iterations") int iterations)
    implements ISchedule {

  @JsonCreator
  CosineSchedule {}

  @Override
  public double valueAt(int iteration, int epoch) {
    return new org.dl4jsnn.train.CosineSchedule(rate, warmUp, iterations).valueAt(iteration, epoch);
  }

  // Immutable.
  @Override
  public ISchedule clone() {
    return this;
  }
}
