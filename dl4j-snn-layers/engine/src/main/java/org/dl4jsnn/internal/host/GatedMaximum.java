package org.dl4jsnn.internal.host;

import java.util.List;
import java.util.function.IntConsumer;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Gated max pooling of a train: at every step the growth of the largest accumulated flow of each
 * window (equation 82 of docs/mathematics.md).
 */
public final class GatedMaximum {

  private GatedMaximum() {}

  /**
   * The result for a train.
   *
   * @param end the flow of the inputs after the last step
   */
  public record Pooled(SpikeTrain spikes, RunningFlow end) {}

  /**
   * Pools a train.
   *
   * @param output the output's shape, with as many neurons as windows
   * @param start the flow before the train's first step
   * @throws IllegalArgumentException if the flow belongs to other inputs or a flow is not finite
   */
  public static Pooled of(
      SpikeTrain train, PoolingWindows windows, FeatureShape output, RunningFlow start) {
    start.requireOf(train.shape(), train.minibatch());
    double[][] sums = new double[train.minibatch()][];
    for (int sample = 0; sample < sums.length; sample++) {
      sums[sample] = start.copy(sample, train.shape().neurons());
    }
    PoolingGeometry geometry = new PoolingGeometry(windows);
    // After fractions, a spike may raise a maximum by less than 1.
    SpikeTrain spikes =
        train.unitSpikes() && start.isWhole()
            ? units(train, geometry, output, sums)
            : graded(train, geometry, output, sums);
    return new Pooled(spikes, RunningFlow.of(train.shape(), sums));
  }

  private static SpikeTrain units(
      SpikeTrain train, PoolingGeometry geometry, FeatureShape output, double[][] sums) {
    BitLayout layout = BitLayout.of(output);
    int[] places = layout.places(output);
    int channels = output.channels();
    int[][] words = new int[sums.length][];
    ParallelSamples.run(
        sums.length,
        () -> {
          SpikeEvents events = new SpikeEvents(train.shape());
          return sample -> {
            int[] bits = layout.words(train.steps());
            RunningMaxima maxima = new RunningMaxima(geometry, sums[sample]);
            for (int step = 0; step < train.steps(); step++) {
              int now = step;
              train.read(sample, step, events);
              maxima.addUnits(
                  events,
                  neuron -> {
                    int channel = neuron % channels;
                    bits[layout.plane(now, channel) + places[neuron / channels]] |= 1 << channel;
                  });
            }
            words[sample] = bits;
          };
        });
    return new BinarySpikeTrain(output, train.steps(), words);
  }

  private static SpikeTrain graded(
      SpikeTrain train, PoolingGeometry geometry, FeatureShape output, double[][] sums) {
    return MergedSpikeTrains.of(
        output,
        List.of(train),
        () -> {
          SpikeEvents events = new SpikeEvents(train.shape());
          RunningMaxima[] maxima = new RunningMaxima[1];
          return (sample, step, amplitudes) -> {
            if (step == 0) {
              maxima[0] = new RunningMaxima(geometry, sums[sample]);
            }
            train.read(sample, step, events);
            maxima[0].add(events, amplitudes);
          };
        });
  }

  /** The largest accumulated flow of every window of one sample, from step to step. */
  private static final class RunningMaxima {

    private final PoolingGeometry geometry;
    private final int channels;

    /** By input, in order of position and channel. */
    private final double[] flow;

    /** By window, in the same order. */
    private final double[] largest;

    /**
     * The maxima of a flow.
     *
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
}
