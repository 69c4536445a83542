package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.spike.SpikeEvents;

/**
 * Adds the average of each window. The events of a window are summed before they are divided by its
 * size, so that the current is the correctly rounded average, as a dense implementation computes
 * it.
 */
public final class AverageCharge implements StepCharge {

  private final PoolingGeometry geometry;
  private final int channels;
  private final int width;
  private final int windowSize;
  private final float[] sums;

  /**
   * Creates a charge.
   *
   * @param geometry which windows hold which inputs
   */
  public AverageCharge(PoolingGeometry geometry) {
    this.geometry = geometry;
    this.channels = geometry.output().channels();
    this.width = geometry.width();
    this.windowSize = geometry.windowSize();
    this.sums = new float[geometry.output().neurons()];
  }

  @Override
  public void charge(SpikeEvents events, float[] membrane) {
    for (int e = 0; e < events.size(); e++) {
      int position = events.position(e);
      int window = geometry.firstWindow(position);
      for (int row = 0; row < geometry.rows(position); row++, window += width) {
        for (int column = 0; column < geometry.columns(position); column++) {
          sums[(window + column) * channels + events.channel(e)] += events.amplitude(e);
        }
      }
    }
    for (int e = 0; e < events.size(); e++) {
      int position = events.position(e);
      int window = geometry.firstWindow(position);
      for (int row = 0; row < geometry.rows(position); row++, window += width) {
        for (int column = 0; column < geometry.columns(position); column++) {
          // The first event of a window adds the whole sum; for the others it is zero.
          int neuron = (window + column) * channels + events.channel(e);
          membrane[neuron] += sums[neuron] / windowSize;
          sums[neuron] = 0;
        }
      }
    }
  }
}
