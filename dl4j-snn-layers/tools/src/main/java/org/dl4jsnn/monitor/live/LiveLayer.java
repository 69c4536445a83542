package org.dl4jsnn.monitor.live;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.monitor.SpikeRaster;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * What a layer did with one sample.
 *
 * @param name its name; in a graph the vertex's
 * @param shape the shape of its neurons, such as 20×28×28
 * @param steps time steps T
 * @param neurons the number of its neurons
 * @param firing how many of its neurons fired
 * @param spikes the number of spikes of all neurons
 * @param rows the spikes of the neurons that fired; if there are many, of an evenly spaced
 *     selection
 * @param maps firing rates in space; empty for a layer without height and width
 */
public record LiveLayer(
    String name,
    String shape,
    int steps,
    int neurons,
    int firing,
    long spikes,
    List<LiveRow> rows,
    Optional<LiveMaps> maps) {

  /** The number of rates of all maps together up to which another channel is added. */
  private static final int MOST_RATES = 1 << 16;

  /**
   * Copies the rows.
   *
   * @param name its name
   * @param shape the shape of its neurons
   * @param steps time steps T
   * @param neurons the number of its neurons
   * @param firing how many of its neurons fired
   * @param spikes the number of spikes of all neurons
   * @param rows the spikes of neurons that fired
   * @param maps firing rates in space
   */
  public LiveLayer {
    rows = List.copyOf(rows);
  }

  /** The first sample of a train, with as many neurons and channels as allowed. */
  static LiveLayer of(String name, SpikeTrain train, int mostRows, int mostChannels) {
    SpikeRaster raster = SpikeRaster.of(train, 0, mostRows);
    FeatureShape shape = train.shape();
    return new LiveLayer(
        name,
        shape.toString(),
        train.steps(),
        shape.neurons(),
        raster.firing(),
        raster.spikes(),
        rows(raster),
        shape.spatial() ? Optional.of(maps(train, mostChannels)) : Optional.empty());
  }

  private static List<LiveRow> rows(SpikeRaster raster) {
    List<LiveRow> rows = new ArrayList<>();
    for (int row = 0; row < raster.rows(); row++) {
      BitSet spikes = new BitSet(raster.steps());
      for (int step = 0; step < raster.steps(); step++) {
        spikes.set(step, raster.fired(row, step));
      }
      rows.add(new LiveRow(raster.neuron(row), spikes));
    }
    return rows;
  }

  private static LiveMaps maps(SpikeTrain train, int mostChannels) {
    FeatureShape shape = train.shape();
    int positions = shape.positions();
    int channels =
        Math.min(Math.min(mostChannels, shape.channels()), Math.max(1, MOST_RATES / positions));
    float[] totals = train.totals();
    List<List<Float>> maps = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      List<Float> map = new ArrayList<>(positions);
      for (int position = 0; position < positions; position++) {
        map.add(totals[channel * positions + position] / train.steps());
      }
      maps.add(map);
    }
    return new LiveMaps(shape.height(), shape.width(), shape.channels(), maps);
  }
}
