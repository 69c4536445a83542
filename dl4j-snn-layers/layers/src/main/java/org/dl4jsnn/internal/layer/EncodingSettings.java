package org.dl4jsnn.internal.layer;

import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.spike.FeatureShape;

/** The settings that a {@link SpikeEncodingLayer} reads from its configuration. */
public interface EncodingSettings {

  /**
   * The layer as messages name it.
   *
   * @return name and type
   */
  String name();

  /**
   * The encoder of features.
   *
   * @return the encoder
   */
  SpikeEncoder encoder();

  /**
   * Whether every inference pass draws fresh noise.
   *
   * @return false if the same features always give the same spikes
   */
  boolean isFreshInferenceNoise();

  /**
   * Whether the backward pass computes the gradient of the features.
   *
   * @return false if it is not needed
   */
  boolean hasInputGradient();

  /**
   * Whether feature masks are passed on.
   *
   * @return false if only masks of ones are accepted
   */
  boolean isMasked();

  /**
   * Checks that encoded spikes have the shape that the configuration announced.
   *
   * @param shape the shape of one sample
   * @param features the shape of the features that were encoded
   * @throws IllegalArgumentException if they do not
   */
  void checkShape(FeatureShape shape, long... features);

  /**
   * Checks the axes of features that an encoder refuses.
   *
   * @param features their shape
   * @throws IllegalArgumentException if they are not those that the configuration announced
   */
  void checkFeatures(long... features);

  /**
   * T of the features that the configuration announced.
   *
   * @return the time steps; 0 if it announced none
   */
  int stepsOfType();
}
