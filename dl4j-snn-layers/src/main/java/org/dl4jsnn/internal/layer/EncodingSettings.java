package org.dl4jsnn.internal.layer;

import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.spike.FeatureShape;

/** What a {@link SpikeEncodingLayer} asks its configuration. */
public interface EncodingSettings {

  /**
   * The layer as messages name it.
   *
   * @return name and type
   */
  String name();

  /**
   * What makes spikes of features.
   *
   * @return the encoder
   */
  SpikeEncoder encoder();

  /**
   * Whether every pass of inference draws noise anew.
   *
   * @return false where the same features always give the same spikes
   */
  boolean isFreshInferenceNoise();

  /**
   * Whether the backward pass ends in the gradient of the features.
   *
   * @return false where nobody asks for it
   */
  boolean hasInputGradient();

  /**
   * Whether feature masks are passed on.
   *
   * @return false where every mask but one of ones is refused
   */
  boolean isMasked();

  /**
   * Checks that encoded spikes have the shape that the configuration announced.
   *
   * @param shape the shape of one sample
   * @throws IllegalArgumentException if they do not
   */
  void checkShape(FeatureShape shape);
}
