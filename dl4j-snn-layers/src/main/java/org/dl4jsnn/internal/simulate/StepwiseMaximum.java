package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import org.dl4jsnn.internal.array.ArrayRuns;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeGradient;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.PoolingWindows;

/** Max pooling of a train: at every step the largest amplitude of each window. */
public final class StepwiseMaximum {

  private StepwiseMaximum() {}

  /**
   * Pools a train.
   *
   * @param train the spikes
   * @param windows windows over the train's shape
   * @return the pooled spikes
   */
  public static SpikeTrain of(SpikeTrain train, PoolingWindows windows) {
    FeatureShape shape = windows.output();
    int neurons = shape.neurons();
    int[][] windowsOfInput = windows.outputsOfInput();
    float[] totals = new float[Math.multiplyExact(train.minibatch(), neurons)];
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[train.minibatch()];
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          WindowMaxima maxima = new WindowMaxima(windowsOfInput, neurons, windows.positions());
          SpikeEvents events = new SpikeEvents(train.shape());
          return sample -> {
            EventRecorder recorder = new EventRecorder(train.steps());
            int first = sample * neurons;
            for (int step = 0; step < train.steps(); step++) {
              train.read(sample, step, events);
              maxima.of(events);
              for (int neuron = 0; neuron < neurons; neuron++) {
                float amplitude = maxima.take(neuron);
                if (amplitude != 0) {
                  recorder.add(neuron, amplitude);
                  totals[first + shape.arrayIndex(neuron)] += amplitude;
                }
              }
              recorder.endStep(step);
            }
            samples[sample] = recorder.sample(train.unitSpikes());
          };
        });
    return new EventSpikeTrain(shape, train.steps(), samples, train.unitSpikes(), totals);
  }

  /**
   * The way back of the gradient: at every step to the first of the largest of each window, where
   * neurons without an event count as zero.
   *
   * @param train the spikes that were pooled
   * @param windows windows over the train's shape
   * @param gradient the loss's gradient with respect to every pooled spike
   * @return that with respect to every spike of the train
   */
  public static SpikeGradient backprop(
      SpikeTrain train, PoolingWindows windows, SpikeGradient gradient) {
    FeatureShape input = train.shape();
    FeatureShape output = windows.output();
    int[][] inputsOfOutput = windows.inputsOfOutput();
    SpikeGradient below =
        new SpikeGradient(input, train.minibatch(), train.steps(), gradient.values().dataType());
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          SpikeEvents events = new SpikeEvents(input);
          float[] amplitudes = new float[input.neurons()];
          double[] from = new double[output.neurons()];
          double[] to = new double[input.neurons()];
          ArrayRuns pooled = new ArrayRuns(gradient.values());
          ArrayRuns passed = new ArrayRuns(below.values());
          return sample -> {
            for (int step = 0; step < train.steps(); step++) {
              train.read(sample, step, events);
              Arrays.fill(amplitudes, 0);
              for (int e = 0; e < events.size(); e++) {
                amplitudes[events.neuron(e)] = events.amplitude(e);
              }
              pooled.read(gradient.row(sample, step) * from.length, from);
              Arrays.fill(to, 0);
              for (int neuron = 0; neuron < inputsOfOutput.length; neuron++) {
                int largest = largest(inputsOfOutput[neuron], amplitudes);
                to[input.arrayIndex(largest)] += from[output.arrayIndex(neuron)];
              }
              passed.write(below.row(sample, step) * to.length, to);
            }
          };
        });
    HostArrays.written(below.values());
    return below;
  }

  private static int largest(int[] neurons, float[] amplitudes) {
    int largest = neurons[0];
    for (int neuron : neurons) {
      if (amplitudes[neuron] > amplitudes[largest]) {
        largest = neuron;
      }
    }
    return largest;
  }

  /** The maxima of one step; a position without an event counts as zero. */
  private static final class WindowMaxima {

    private final int[][] windowsOfInput;
    private final int positions;
    private final float[] largest;
    private final int[] events;

    WindowMaxima(int[][] windowsOfInput, int neurons, int positions) {
      this.windowsOfInput = windowsOfInput;
      this.positions = positions;
      this.largest = new float[neurons];
      this.events = new int[neurons];
      Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    }

    void of(SpikeEvents step) {
      for (int e = 0; e < step.size(); e++) {
        for (int window : windowsOfInput[step.neuron(e)]) {
          largest[window] = Math.max(largest[window], step.amplitude(e));
          events[window]++;
        }
      }
    }

    /** Returns the maximum of a window and clears it for the next step. */
    float take(int window) {
      if (events[window] == 0) {
        return 0;
      }
      float maximum = events[window] < positions ? Math.max(0, largest[window]) : largest[window];
      largest[window] = Float.NEGATIVE_INFINITY;
      events[window] = 0;
      return maximum;
    }
  }
}
