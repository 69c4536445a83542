package org.dl4jsnn.internal.host;

import java.util.List;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Sum or mean pooling of a train: graded spikes (equation 54 of docs/mathematics.md). */
public final class WindowSums {

  private WindowSums() {}

  /**
   * Pools a train.
   *
   * @param output the output's shape, with as many neurons as windows
   * @param mean whether sums are divided by the number of positions in a window
   */
  public static SpikeTrain of(
      SpikeTrain train, PoolingWindows windows, FeatureShape output, boolean mean) {
    PoolingGeometry geometry = new PoolingGeometry(windows);
    int channels = train.shape().channels();
    int divisor = mean ? windows.positions() : 1;
    return MergedSpikeTrains.of(
        output,
        List.of(train),
        () -> {
          SpikeEvents events = new SpikeEvents(train.shape());
          return (sample, step, amplitudes) -> {
            train.read(sample, step, events);
            for (int e = 0; e < events.size(); e++) {
              int position = events.position(e);
              int window = geometry.firstWindow(position);
              for (int row = 0; row < geometry.rows(position); row++, window += geometry.width()) {
                for (int column = 0; column < geometry.columns(position); column++) {
                  amplitudes[(window + column) * channels + events.channel(e)] +=
                      events.amplitude(e);
                }
              }
            }
            for (int neuron = 0; divisor > 1 && neuron < amplitudes.length; neuron++) {
              amplitudes[neuron] /= divisor;
            }
          };
        });
  }
}
