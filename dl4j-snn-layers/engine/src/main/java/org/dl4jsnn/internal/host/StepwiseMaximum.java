package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.internal.spike.SpikeCounter;
import org.dl4jsnn.internal.spike.SpikeCounts;
import org.dl4jsnn.internal.spike.SpikeRecorder;
import org.dl4jsnn.internal.synapse.PoolingGeometry;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Max pooling of a train: at every step the largest amplitude of each window. */
public final class StepwiseMaximum {

  private StepwiseMaximum() {}

  /** Pools a train. */
  public static SpikeTrain of(SpikeTrain train, PoolingWindows windows) {
    PoolingGeometry geometry = new PoolingGeometry(windows);
    return train instanceof BinarySpikeTrain binary
        ? ofBits(binary, geometry)
        : ofEvents(train, geometry);
  }

  private static SpikeTrain ofBits(BinarySpikeTrain train, PoolingGeometry geometry) {
    FeatureShape shape = geometry.output();
    BitmapMaximum maximum = new BitmapMaximum(geometry);
    int[][] words = new int[train.minibatch()][];
    int[][] digits = new int[train.minibatch()][];
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          SpikeCounter counter = new SpikeCounter(shape, train.steps());
          return sample -> {
            words[sample] = maximum.pool(train.words(sample), train.steps());
            digits[sample] = counter.count(words[sample]);
          };
        });
    return new BinarySpikeTrain(shape, train.steps(), words, new SpikeCounts(shape, digits));
  }

  private static SpikeTrain ofEvents(SpikeTrain train, PoolingGeometry geometry) {
    FeatureShape shape = geometry.output();
    int neurons = shape.neurons();
    float[] totals = new float[Math.multiplyExact(train.minibatch(), neurons)];
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[train.minibatch()];
    ParallelSamples.run(
        train.minibatch(),
        () -> {
          WindowMaxima maxima = new WindowMaxima(geometry);
          SpikeEvents events = new SpikeEvents(train.shape());
          return sample -> {
            SpikeRecorder recorder = new SpikeRecorder(train.steps());
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
    return EventSpikeTrain.unchecked(shape, train.steps(), samples, train.unitSpikes(), totals);
  }

  /** The maxima of one step; a position without an event counts as zero. */
  private static final class WindowMaxima {

    private final PoolingGeometry geometry;
    private final int channels;
    private final float[] largest;
    private final int[] events;

    WindowMaxima(PoolingGeometry geometry) {
      this.geometry = geometry;
      this.channels = geometry.output().channels();
      this.largest = new float[geometry.output().neurons()];
      this.events = new int[largest.length];
      Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    }

    void of(SpikeEvents step) {
      for (int e = 0; e < step.size(); e++) {
        int position = step.position(e);
        int window = geometry.firstWindow(position);
        for (int row = 0; row < geometry.rows(position); row++, window += geometry.width()) {
          for (int column = 0; column < geometry.columns(position); column++) {
            int neuron = (window + column) * channels + step.channel(e);
            largest[neuron] = Math.max(largest[neuron], step.amplitude(e));
            events[neuron]++;
          }
        }
      }
    }

    /** Returns the maximum of a window and clears it for the next step. */
    float take(int neuron) {
      if (events[neuron] == 0) {
        return 0;
      }
      boolean full = events[neuron] == geometry.windowSize();
      float maximum = full ? largest[neuron] : Math.max(0, largest[neuron]);
      largest[neuron] = Float.NEGATIVE_INFINITY;
      events[neuron] = 0;
      return maximum;
    }
  }

  /**
   * Max pooling of ordinary spikes: a window's maximum is 1 if any of its neurons fires: an OR of
   * words for 32 channels at a time. Thread-safe.
   */
  private static final class BitmapMaximum {

    private final BitLayout inputLayout;
    private final BitLayout outputLayout;
    private final int[] windowPlaces;

    private final PoolingGeometry geometry;

    /** The place of every input position. */
    private final int[] inputPlaces;

    private final int windowSize;

    BitmapMaximum(PoolingGeometry geometry) {
      FeatureShape output = geometry.output();
      this.inputLayout = BitLayout.of(geometry.input());
      this.outputLayout = BitLayout.of(output);
      this.windowPlaces = outputLayout.places(output);
      this.windowSize = geometry.windowSize();
      this.geometry = geometry;
      this.inputPlaces = inputLayout.places(geometry.input());
    }

    /** Pools a sample's words over all steps. */
    int[] pool(int[] words, int steps) {
      int[] pooled = outputLayout.words(steps);
      for (int plane = 0; plane < steps * inputLayout.planes(); plane++) {
        int from = plane * inputLayout.planeSize();
        int to = plane * outputLayout.planeSize();
        for (int window = 0; window < windowPlaces.length; window++) {
          int any = 0;
          for (int place = 0; place < windowSize; place++) {
            any |= words[from + inputPlaces[geometry.input(window, place)]];
          }
          pooled[to + windowPlaces[window]] = any;
        }
      }
      return pooled;
    }
  }
}
