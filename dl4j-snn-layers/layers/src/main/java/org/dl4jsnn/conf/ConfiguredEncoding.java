package org.dl4jsnn.conf;

import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.layer.EncodingSettings;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A configuration as the encoding of a network sees it.
 *
 * @param layer the configuration
 */
record ConfiguredEncoding(SpikeEncoding layer) implements EncodingSettings {

  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public SpikeEncoder encoder() {
    return layer.getEncoder();
  }

  @Override
  public boolean isFreshInferenceNoise() {
    return layer.isFreshInferenceNoise();
  }

  @Override
  public boolean hasInputGradient() {
    return layer.hasInputGradient();
  }

  @Override
  public boolean isMasked() {
    return layer.isMasked();
  }

  @Override
  public int stepsOfType() {
    return layer.stepsOfType();
  }

  @Override
  public void checkShape(FeatureShape shape, long... features) {
    layer.checkShape(shape, features);
  }

  @Override
  public void checkFeatures(long... features) {
    layer.checkFeatures(features);
  }
}
