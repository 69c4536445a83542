package org.dl4jsnn.conf;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.spike.FeatureShape;

/** Rates [minibatch, channels, height, width]. */
final class ImageOfRates extends InputType.InputTypeConvolutional implements RatesType {

  private static final long serialVersionUID = 1L;

  private final int producer;
  private final transient List<String> names;

  ImageOfRates(FeatureShape shape, int producer, List<String> names) {
    super(shape.height(), shape.width(), shape.channels());
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
  public long getHeight() {
    RatesType.requireNoTime();
    return super.getHeight();
  }
}
