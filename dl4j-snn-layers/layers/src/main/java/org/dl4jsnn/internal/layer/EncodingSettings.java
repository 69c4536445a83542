package org.dl4jsnn.internal.layer;

import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.spike.FeatureShape;

/** The settings that a {@link SpikeEncodingLayer} reads from its configuration. */
public interface EncodingSettings {

  /** The layer as messages name it. */
  String name();

  /** The encoder of features. */
  SpikeEncoder encoder();

  /** Whether every inference pass draws fresh noise. */
  boolean isFreshInferenceNoise();

  /** Whether the backward pass computes the gradient of the features. */
  boolean hasInputGradient();

  /** Whether feature masks are passed on; otherwise only masks of ones are accepted. */
  boolean isMasked();

  /**
   * Checks that encoded spikes have the shape that the configuration announced, given the shape of
   * their features; throws an IllegalArgumentException if not.
   */
  void checkShape(FeatureShape shape, long... features);

  /** Checks likewise the axes of features that an encoder refuses. */
  void checkFeatures(long... features);

  /** T of the features that the configuration announced; 0 if it announced none. */
  int stepsOfType();
}
