package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.spike.FeatureShape;

/** Rates [minibatch, channels, height, width]. */
final class ImageOfRates extends InputType.InputTypeConvolutional implements RatesType {

  private static final long serialVersionUID = 1L;

  private final int producer;

  ImageOfRates(FeatureShape shape, int producer) {
    super(shape.height(), shape.width(), shape.channels());
    this.producer = producer;
  }

  @Override
  public int producer() {
    return producer;
  }

  /** Called by layers that read time, among others. */
  @Override
  public long getHeight() {
    RatesType.requireNoTime();
    return super.getHeight();
  }
}
