package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A linear map of spikes: one summand of a node's input.
 *
 * @param train the shape of the spikes
 * @param shape the shape of the map's output, with a node's axes
 */
record Term(String part, FeatureShape train, int[] shape, LinearMap map) {

  static Term of(String part, int[] shape) {
    return new Term(part, feature(shape), shape, new LinearMap.Identity());
  }

  /** The shape of a layer: [n], [channels, positions] or [channels, height, width]. */
  static FeatureShape feature(int[] shape) {
    return switch (shape.length) {
      case 1 -> FeatureShape.vector(shape[0]);
      case 2 -> FeatureShape.image(shape[0], 1, shape[1]);
      case 3 -> FeatureShape.image(shape[0], shape[1], shape[2]);
      default ->
          throw new IllegalArgumentException(
              "a shape must be [n], [channels, positions] or [channels, height, width], got "
                  + Arrays.toString(shape));
    };
  }

  Term with(int[] newShape, LinearMap newMap) {
    return new Term(part, train, newShape, newMap);
  }

  boolean isIdentity() {
    return map instanceof LinearMap.Identity;
  }

  /** The number of output values. */
  int length() {
    return feature(shape).neurons();
  }
}
