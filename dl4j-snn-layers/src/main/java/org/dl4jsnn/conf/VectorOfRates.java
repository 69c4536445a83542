package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.DataFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.spike.FeatureShape;

/** Rates [minibatch, n]. */
final class VectorOfRates extends InputType.InputTypeFeedForward implements RatesType {

  private static final long serialVersionUID = 1L;

  private final int producer;

  VectorOfRates(FeatureShape shape, int producer) {
    super(shape.channels(), null);
    this.producer = producer;
  }

  @Override
  public int producer() {
    return producer;
  }

  /** Called by layers that read time, among others. */
  @Override
  public DataFormat getTimeDistributedFormat() {
    RatesType.requireNoTime();
    return super.getTimeDistributedFormat();
  }
}
