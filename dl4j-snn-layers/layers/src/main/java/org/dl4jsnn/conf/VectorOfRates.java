package org.dl4jsnn.conf;

import java.util.List;
import org.deeplearning4j.nn.conf.DataFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.spike.FeatureShape;

/** Rates [minibatch, n]. */
final class VectorOfRates extends InputType.InputTypeFeedForward implements RatesType {

  private static final long serialVersionUID = 1L;

  private final int producer;
  private final transient List<String> names;

  VectorOfRates(FeatureShape shape, int producer, List<String> names) {
    super(shape.channels(), null);
    this.producer = producer;
    this.names = names;
  }

  @Override
  public int producer() {
    return producer;
  }

  @Override
  public List<String> names() {
    return names == null ? List.of() : names;
  }

  /** Called by layers that read time, among others. */
  @Override
  public DataFormat getTimeDistributedFormat() {
    RatesType.requireNoTime();
    return super.getTimeDistributedFormat();
  }
}
