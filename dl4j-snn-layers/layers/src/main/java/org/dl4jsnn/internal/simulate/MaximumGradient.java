package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.RunningFlow;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The backward pass through {@link org.dl4jsnn.internal.host.StepwiseMaximum} and {@link
 * org.dl4jsnn.internal.host.GatedMaximum}.
 */
final class MaximumGradient {

  private MaximumGradient() {}

  /**
   * Propagates a gradient back to the spikes that were pooled: at every step to the first of the
   * largest inputs of each window; neurons without an event count as zero.
   */
  static SpikeGradient backprop(SpikeTrain train, PoolingWindows windows, SpikeGradient gradient) {
    FeatureShape input = train.shape();
    FeatureShape output = windows.output();
    PoolingGeometry geometry = new PoolingGeometry(windows);
    SpikeGradient below = SpikeGradient.like(gradient, train.shape());
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          SpikeEvents events = new SpikeEvents(input);
          double[] values = new double[input.neurons()];
          double[] none = new double[values.length];
          double[] from = new double[output.neurons()];
          double[] to = new double[input.neurons()];
          ArrayRuns pooled = new ArrayRuns(gradient.values());
          ArrayRuns passed = new ArrayRuns(below.values());
          return sample -> {
            for (int step = 0; step < train.steps(); step++) {
              train.read(sample, step, events);
              Arrays.fill(values, 0);
              for (int e = 0; e < events.size(); e++) {
                values[events.neuron(e)] += events.amplitude(e);
              }
              pooled.read(gradient.row(sample, step) * from.length, from);
              Arrays.fill(to, 0);
              for (int neuron = 0; neuron < from.length; neuron++) {
                int largest = largest(geometry, neuron, values, none);
                to[input.arrayIndex(largest)] += from[output.arrayIndex(neuron)];
              }
              passed.write(below.row(sample, step) * to.length, to);
            }
          };
        });
    HostArrays.written(below.values());
    return below;
  }

  /**
   * Propagates a gradient back to the spikes that were pooled, as the derivative for given leaders:
   * at every step to the input of each window with the largest flow after it, or, of several, to
   * the one that led before. At a step at which the lead changes, what passes is the difference of
   * two flows, so the gradient also goes to all earlier spikes of the new leader, and negated to
   * those of the former one.
   */
  static SpikeGradient ofFlow(
      SpikeTrain train, PoolingWindows windows, SpikeGradient gradient, RunningFlow start) {
    FeatureShape input = train.shape();
    FeatureShape output = windows.output();
    SpikeGradient below = SpikeGradient.like(gradient, train.shape());
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          Leaders leaders = new Leaders(train, new PoolingGeometry(windows));
          double[] from = new double[output.neurons()];
          double[] to = new double[input.neurons()];
          ArrayRuns pooled = new ArrayRuns(gradient.values());
          ArrayRuns passed = new ArrayRuns(below.values());
          return sample -> {
            int[][] led = leaders.of(sample, start.copy(sample, input.neurons()));
            double[] later = new double[to.length]; // through changes of the lead, array order
            for (int step = train.steps() - 1; step >= 0; step--) {
              pooled.read(gradient.row(sample, step) * from.length, from);
              System.arraycopy(later, 0, to, 0, to.length);
              for (int neuron = 0; neuron < from.length; neuron++) {
                int leader = input.arrayIndex(led[step][neuron]);
                double ofStep = from[output.arrayIndex(neuron)];
                to[leader] += ofStep;
                if (step > 0 && led[step - 1][neuron] != led[step][neuron]) {
                  later[leader] += ofStep;
                  later[input.arrayIndex(led[step - 1][neuron])] -= ofStep;
                }
              }
              passed.write(below.row(sample, step) * to.length, to);
            }
          };
        });
    HostArrays.written(below.values());
    return below;
  }

  /** Finds the input that leads every window after every step. One per task. */
  private static final class Leaders {

    private final SpikeTrain train;
    private final PoolingGeometry geometry;
    private final SpikeEvents events;
    private final int[][] led;

    Leaders(SpikeTrain train, PoolingGeometry geometry) {
      this.train = train;
      this.geometry = geometry;
      this.events = new SpikeEvents(train.shape());
      this.led = new int[train.steps()][geometry.output().neurons()];
    }

    /** [step][pooled neuron]; written to by the next call. */
    int[][] of(int sample, double[] flow) {
      double[] before = new double[flow.length];
      for (int step = 0; step < led.length; step++) {
        System.arraycopy(flow, 0, before, 0, flow.length);
        train.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          flow[events.neuron(e)] += events.amplitude(e);
        }
        for (int neuron = 0; neuron < led[step].length; neuron++) {
          led[step][neuron] = largest(geometry, neuron, flow, before);
        }
      }
      return led;
    }
  }

  private static int largest(
      PoolingGeometry geometry, int neuron, double[] values, double[] before) {
    int channels = geometry.output().channels();
    int window = neuron / channels;
    int channel = neuron % channels;
    int largest = geometry.input(window, 0) * channels + channel;
    for (int place = 1; place < geometry.windowSize(); place++) {
      int next = geometry.input(window, place) * channels + channel;
      boolean isLevel = values[next] == values[largest];
      if (values[next] > values[largest] || isLevel && before[next] > before[largest]) {
        largest = next;
      }
    }
    return largest;
  }
}
