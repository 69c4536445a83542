package org.dl4jsnn.internal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.DenseSpikeTrain;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.internal.spike.SpikeRecorder;
import org.dl4jsnn.internal.spike.SummedSpikeTrain;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Makes a train from others, step by step. */
public final class MergedSpikeTrains {

  private MergedSpikeTrains() {}

  /** Writes the amplitudes of one step of one sample. One per task. */
  @FunctionalInterface
  interface Merge {

    /**
     * Merges.
     *
     * @param amplitudes zeros, one per neuron in order of position and channel; to be filled
     */
    void step(int sample, int step, float[] amplitudes);
  }

  /** A train with a given shape and the samples and steps of the others. */
  static SpikeTrain of(FeatureShape shape, List<SpikeTrain> trains, Supplier<Merge> merges) {
    return of(shape, trains.get(0).minibatch(), trains.get(0).steps(), merges);
  }

  /** A train with a given shape and number of steps. */
  static SpikeTrain of(FeatureShape shape, int minibatch, int steps, Supplier<Merge> merges) {
    int neurons = shape.neurons();
    float[] totals = new float[Math.multiplyExact(minibatch, neurons)];
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    boolean[] allOnes = new boolean[minibatch];
    ParallelSamples.run(
        minibatch,
        () -> {
          Merge merge = merges.get();
          float[] amplitudes = new float[neurons];
          return sample -> {
            SpikeRecorder recorder = new SpikeRecorder(steps);
            boolean ones = true;
            for (int step = 0; step < steps; step++) {
              merge.step(sample, step, amplitudes);
              for (int neuron = 0; neuron < neurons; neuron++) {
                float amplitude = amplitudes[neuron];
                if (amplitude != 0) {
                  recorder.add(neuron, amplitude);
                  totals[sample * neurons + shape.arrayIndex(neuron)] += amplitude;
                  ones &= amplitude == 1;
                  amplitudes[neuron] = 0;
                }
              }
              recorder.endStep(step);
            }
            samples[sample] = recorder.sample(ones);
            allOnes[sample] = ones;
          };
        });
    boolean unitSpikes = true;
    for (boolean ones : allOnes) {
      unitSpikes &= ones;
    }
    FiniteFlow.require(totals, neurons, "amplitudes that are too large");
    return EventSpikeTrain.unchecked(shape, steps, samples, unitSpikes, totals);
  }

  /**
   * Adds trains: coinciding spikes of several branches become one event with their summed
   * amplitude, or none if they cancel.
   *
   * @param trains trains with equal shape, samples and steps
   */
  public static SpikeTrain sum(List<SpikeTrain> trains) {
    return RepeatedSpikeTrain.merged(trains, MergedSpikeTrains::sumOfSteps);
  }

  private static SpikeTrain sumOfSteps(List<SpikeTrain> trains) {
    if (SummedSpikeTrain.digitsOf(trains) > 0) {
      return SummedSpikeTrain.of(trains);
    }
    FeatureShape shape = trains.get(0).shape();
    if (trains.stream().anyMatch(train -> train instanceof DenseSpikeTrain)) {
      return dense(shape, trains);
    }
    return of(
        shape,
        trains,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return (sample, step, amplitudes) -> {
            for (SpikeTrain train : trains) {
              train.read(sample, step, events);
              for (int e = 0; e < events.size(); e++) {
                amplitudes[events.neuron(e)] += events.amplitude(e);
              }
            }
          };
        });
  }

  /** Adds currents, which few lists of events would hold in less memory. */
  private static SpikeTrain dense(FeatureShape shape, List<SpikeTrain> trains) {
    int steps = trains.get(0).steps();
    int neurons = shape.neurons();
    SpikeTrainMemory.requireDense(trains.get(0).minibatch(), shape, steps);
    float[][] sums = new float[trains.get(0).minibatch()][];
    ParallelSamples.run(
        sums.length,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return sample -> {
            float[] sum = new float[steps * neurons];
            for (SpikeTrain train : trains) {
              if (train instanceof DenseSpikeTrain dense) {
                add(dense.amplitudes(sample), sum);
              } else {
                add(train, sample, events, sum);
              }
            }
            sums[sample] = sum;
          };
        });
    DenseSpikeTrain sum = new DenseSpikeTrain(shape, steps, sums);
    FiniteFlow.require(sum.totals(), neurons, "amplitudes that are too large");
    return sum;
  }

  private static void add(float[] amplitudes, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += amplitudes[i];
    }
  }

  private static void add(SpikeTrain train, int sample, SpikeEvents events, float[] sum) {
    for (int step = 0; step < train.steps(); step++) {
      if (step == 0 || !train.isConstant()) {
        train.read(sample, step, events);
      }
      int first = step * train.shape().neurons();
      for (int e = 0; e < events.size(); e++) {
        sum[first + events.neuron(e)] += events.amplitude(e);
      }
    }
  }

  /**
   * Concatenates the channels of trains.
   *
   * @param shape the shape of the result: the same rows and columns, the channels of all trains
   * @param trains trains with equal samples and steps
   */
  public static SpikeTrain concatenation(FeatureShape shape, List<SpikeTrain> trains) {
    return RepeatedSpikeTrain.merged(trains, steps -> concatenationOfSteps(shape, steps));
  }

  private static SpikeTrain concatenationOfSteps(FeatureShape shape, List<SpikeTrain> trains) {
    List<FeatureShape> inputs = trains.stream().map(SpikeTrain::shape).toList();
    return of(
        shape,
        trains,
        () -> {
          List<SpikeEvents> events = new ArrayList<>();
          inputs.forEach(input -> events.add(new SpikeEvents(input)));
          return (sample, step, amplitudes) -> {
            int channel = 0;
            for (int branch = 0; branch < inputs.size(); branch++) {
              SpikeEvents part = events.get(branch);
              trains.get(branch).read(sample, step, part);
              for (int e = 0; e < part.size(); e++) {
                int neuron = part.position(e) * shape.channels() + channel + part.channel(e);
                amplitudes[neuron] = part.amplitude(e);
              }
              channel += inputs.get(branch).channels();
            }
          };
        });
  }

  /**
   * Sum or mean pooling of a train: graded spikes (equation 54 of docs/mathematics.md).
   *
   * @param output the output's shape, with as many neurons as windows
   * @param mean whether sums are divided by the number of positions in a window
   */
  public static SpikeTrain windowSums(
      SpikeTrain train, PoolingWindows windows, FeatureShape output, boolean mean) {
    return RepeatedSpikeTrain.merged(
        List.of(train), steps -> windowSumsOfSteps(steps.get(0), windows, output, mean));
  }

  private static SpikeTrain windowSumsOfSteps(
      SpikeTrain train, PoolingWindows windows, FeatureShape output, boolean mean) {
    PoolingGeometry geometry = new PoolingGeometry(windows);
    int channels = train.shape().channels();
    int divisor = mean ? windows.positions() : 1;
    return of(
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
