package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.FlowSoFar;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.PoolingWindows;

/**
 * The backward pass through {@link org.dl4jsnn.internal.host.StepwiseMaximum} and {@link
 * org.dl4jsnn.internal.host.GatedMaximum}.
 */
final class MaximumGradient {

  private MaximumGradient() {}

  /**
   * Propagates a gradient back: at every step to the first of the largest inputs of each window;
   * neurons without an event count as zero.
   *
   * @param train the spikes that were pooled
   * @param windows windows over the train's shape
   * @param gradient the loss's gradient with respect to every pooled spike
   * @return the gradient with respect to every spike of the train
   */
  static SpikeGradient backprop(SpikeTrain train, PoolingWindows windows, SpikeGradient gradient) {
    int neurons = train.shape().neurons();
    return backprop(train, windows, gradient, sample -> new double[neurons], false);
  }

  /**
   * Propagates a gradient back: at every step to the input of each window with the largest flow
   * after it, or, of several, to the one that led before. So it never goes to an input whose spike
   * was not passed because it only drew level.
   *
   * @param train the spikes that were pooled
   * @param windows windows over the train's shape
   * @param gradient the loss's gradient with respect to every pooled spike
   * @param start the flow before the train's first step
   * @return the gradient with respect to every spike of the train
   */
  static SpikeGradient ofFlow(
      SpikeTrain train, PoolingWindows windows, SpikeGradient gradient, FlowSoFar start) {
    int neurons = train.shape().neurons();
    return backprop(train, windows, gradient, sample -> start.copy(sample, neurons), true);
  }

  /**
   * Goes to the largest of a sample's initial values and, if they accumulate, all spikes so far.
   */
  private static SpikeGradient backprop(
      SpikeTrain train,
      PoolingWindows windows,
      SpikeGradient gradient,
      IntFunction<double[]> begins,
      boolean accumulates) {
    FeatureShape input = train.shape();
    FeatureShape output = windows.output();
    PoolingGeometry geometry = new PoolingGeometry(windows);
    SpikeGradient below =
        new SpikeGradient(input, train.minibatch(), train.steps(), gradient.values().dataType());
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          SpikeEvents events = new SpikeEvents(input);
          double[] from = new double[output.neurons()];
          double[] to = new double[input.neurons()];
          ArrayRuns pooled = new ArrayRuns(gradient.values());
          ArrayRuns passed = new ArrayRuns(below.values());
          return sample -> {
            double[] values = begins.apply(sample);
            double[] before = new double[values.length];
            for (int step = 0; step < train.steps(); step++) {
              train.read(sample, step, events);
              if (accumulates) {
                System.arraycopy(values, 0, before, 0, values.length);
              } else {
                Arrays.fill(values, 0);
              }
              for (int e = 0; e < events.size(); e++) {
                values[events.neuron(e)] += events.amplitude(e);
              }
              pooled.read(gradient.row(sample, step) * from.length, from);
              Arrays.fill(to, 0);
              for (int neuron = 0; neuron < from.length; neuron++) {
                int largest = largest(geometry, neuron, values, before);
                to[input.arrayIndex(largest)] += from[output.arrayIndex(neuron)];
              }
              passed.write(below.row(sample, step) * to.length, to);
            }
          };
        });
    HostArrays.written(below.values());
    return below;
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
