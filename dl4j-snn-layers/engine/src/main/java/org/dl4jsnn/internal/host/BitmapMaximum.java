package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Max pooling of ordinary spikes: a window's maximum is 1 if any of its neurons fires: an OR of
 * words for 32 channels at a time. Thread-safe.
 */
final class BitmapMaximum {

  private final BitLayout inputLayout;
  private final BitLayout outputLayout;
  private final int[] windowPlaces;

  private final PoolingGeometry geometry;

  /** The place of every input position. */
  private final int[] inputPlaces;

  private final int windowSize;

  BitmapMaximum(PoolingGeometry geometry) {
    FeatureShape output = geometry.output();
    this.inputLayout = BitLayout.of(geometry.input());
    this.outputLayout = BitLayout.of(output);
    this.windowPlaces = outputLayout.places(output);
    this.windowSize = geometry.windowSize();
    this.geometry = geometry;
    this.inputPlaces = inputLayout.places(geometry.input());
  }

  /** Pools a sample's words over all steps. */
  int[] pool(int[] words, int steps) {
    int[] pooled = outputLayout.words(steps);
    for (int plane = 0; plane < steps * inputLayout.planes(); plane++) {
      int from = plane * inputLayout.planeSize();
      int to = plane * outputLayout.planeSize();
      for (int window = 0; window < windowPlaces.length; window++) {
        int any = 0;
        for (int place = 0; place < windowSize; place++) {
          any |= words[from + inputPlaces[geometry.input(window, place)]];
        }
        pooled[to + windowPlaces[window]] = any;
      }
    }
    return pooled;
  }
}
