package org.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Which neurons of a layer fired at which time steps for one sample: one row per neuron, one column
 * per step. Rows are in the order of arrays: by channel, then by position from the top left.
 *
 * <p>Silent neurons have no row. If more neurons fire than rows are allowed, an evenly spaced
 * selection is shown; {@link #firing()} is the number of all that fire.
 */
public final class SpikeRaster {

  private final FeatureShape shape;
  private final int steps;
  private final int firing;
  private final long spikes;
  private final int[] neurons;
  private final boolean[][] fired;

  private SpikeRaster(SpikeTrain train, int sample, int mostRows) {
    shape = train.shape();
    steps = train.steps();
    int[] counts = new int[shape.neurons()];
    forEachSpike(train, sample, (neuron, step) -> counts[neuron]++);
    int[] active = IntStream.range(0, counts.length).filter(n -> counts[n] > 0).toArray();
    firing = active.length;
    spikes = IntStream.of(counts).asLongStream().sum();
    int rows = Math.min(firing, mostRows);
    neurons =
        IntStream.range(0, rows).map(row -> active[(int) ((long) row * firing / rows)]).toArray();
    int[] rowOf = new int[counts.length];
    Arrays.fill(rowOf, -1);
    for (int row = 0; row < rows; row++) {
      rowOf[neurons[row]] = row;
    }
    fired = new boolean[rows][steps];
    forEachSpike(
        train,
        sample,
        (neuron, step) -> {
          if (rowOf[neuron] >= 0) {
            fired[rowOf[neuron]][step] = true;
          }
        });
  }

  /**
   * {@return the raster of one sample}
   *
   * @param train the spikes of a layer, as in {@link RecordedTrains}; an event counts as a spike
   *     whatever its amplitude
   * @param sample index of the sample
   * @param mostRows the most neurons to show, at least 1
   * @throws IllegalArgumentException if there is no such sample, or the number is less than 1
   */
  public static SpikeRaster of(SpikeTrain train, int sample, int mostRows) {
    Require.given("train", train);
    Require.atLeast("mostRows", mostRows, 1);
    Require.within("sample", sample, 0, train.minibatch() - 1);
    return new SpikeRaster(train, sample, mostRows);
  }

  private interface SpikeUse {
    void at(int neuron, int step);
  }

  private static void forEachSpike(SpikeTrain train, int sample, SpikeUse use) {
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        use.at(train.shape().arrayIndex(events.neuron(e)), step);
      }
    }
  }

  /** {@return the shape of the layer's neurons: a vector, or channels × height × width} */
  public FeatureShape shape() {
    return shape;
  }

  /** {@return T, the number of columns} */
  public int steps() {
    return steps;
  }

  /** {@return the number of neurons shown, one per row; 0 if the layer is silent} */
  public int rows() {
    return neurons.length;
  }

  /**
   * {@return the neuron of a row: its index in the order of arrays, (channel · height + y) · width
   * + x; increasing with the row}
   *
   * @param row from 0
   */
  public int neuron(int row) {
    return neurons[row];
  }

  /**
   * {@return whether a neuron fired at a step}
   *
   * @param row of the neuron, from 0
   * @param step from 0
   */
  public boolean fired(int row, int step) {
    return fired[row][step];
  }

  /** {@return the number of neurons that fire, shown or not; all others are silent} */
  public int firing() {
    return firing;
  }

  /** {@return the number of spikes of all neurons, shown or not} */
  public long spikes() {
    return spikes;
  }

  /**
   * {@return the number of neurons that fire, and of those that are shown, as part of a sentence}
   */
  public String summary() {
    String drawn =
        rows() < firing ? String.format(Locale.ROOT, " (%,d of them drawn)", rows()) : "";
    return String.format(
        Locale.ROOT,
        "%s: %,d neurons fire%s, %,d are silent; %,d spikes",
        shape,
        firing,
        drawn,
        shape.neurons() - firing,
        spikes);
  }
}
