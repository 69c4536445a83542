package org.dl4jsnn.internal.host;

import java.util.function.IntConsumer;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.SpikeEvents;

/** The largest accumulated flow of every window of one sample, from step to step. */
final class RunningMaxima {

  private final PoolingGeometry geometry;
  private final int channels;

  /** By input, in order of position and channel. */
  private final double[] flow;

  /** By window, in the same order. */
  private final double[] largest;

  /**
   * The maxima of a flow.
   *
   * @param geometry which windows hold an input
   * @param flow the flow so far; not copied, and updated
   */
  RunningMaxima(PoolingGeometry geometry, double[] flow) {
    this.geometry = geometry;
    this.channels = geometry.output().channels();
    this.flow = flow;
    this.largest = new double[geometry.output().neurons()];
    for (int neuron = 0; neuron < largest.length; neuron++) {
      largest[neuron] = maximum(neuron);
    }
  }

  /**
   * Adds a step of spikes of amplitude 1, which raise a maximum of whole numbers by 1 or not at
   * all.
   *
   * @param raised receives the windows whose maximum rises, each once
   */
  void addUnits(SpikeEvents step, IntConsumer raised) {
    add(step);
    for (int e = 0; e < step.size(); e++) {
      double sum = flow[step.neuron(e)];
      int position = step.position(e);
      int window = geometry.firstWindow(position);
      for (int row = 0; row < geometry.rows(position); row++, window += geometry.width()) {
        for (int column = 0; column < geometry.columns(position); column++) {
          int neuron = (window + column) * channels + step.channel(e);
          if (sum > largest[neuron]) {
            largest[neuron] = sum;
            raised.accept(neuron);
          }
        }
      }
    }
  }

  /**
   * Adds a step of spikes of any amplitude.
   *
   * @param rises receives the change of every window's maximum
   */
  void add(SpikeEvents step, float[] rises) {
    add(step);
    for (int neuron = 0; neuron < largest.length; neuron++) {
      double maximum = maximum(neuron);
      rises[neuron] = (float) (maximum - largest[neuron]);
      largest[neuron] = maximum;
    }
  }

  private void add(SpikeEvents step) {
    for (int e = 0; e < step.size(); e++) {
      flow[step.neuron(e)] += step.amplitude(e);
    }
  }

  private double maximum(int neuron) {
    int window = neuron / channels;
    int channel = neuron % channels;
    double maximum = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < geometry.windowSize(); place++) {
      maximum = Math.max(maximum, flow[geometry.input(window, place) * channels + channel]);
    }
    return maximum;
  }
}
