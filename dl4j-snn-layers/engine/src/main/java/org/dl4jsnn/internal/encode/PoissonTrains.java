package org.dl4jsnn.internal.encode;

import java.util.Arrays;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Signed Poisson rate coding (equation 7 of docs/mathematics.md). */
public final class PoissonTrains {

  private PoissonTrains() {}

  /**
   * The spikes of features over some steps of a stream.
   *
   * @param x features of all samples in array order
   * @param firstStep the step of the stream at which the window starts
   * @throws IllegalArgumentException if a feature is not finite, or the spikes do not fit into
   *     memory
   */
  public static SpikeTrain of(
      FeatureShape shape, float[] x, NoiseKey noise, long firstStep, int steps, double gain) {
    int neurons = shape.neurons();
    int minibatch = x.length / neurons;
    HostFeatures.finite(x, neurons);
    requireMemory(x, shape, minibatch, steps, gain);
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    float[] totals = new float[x.length];
    ParallelSamples.run(
        minibatch,
        () -> {
          PoissonDraws draws = new PoissonDraws(shape, firstStep, steps, gain);
          return sample ->
              samples[sample] = draws.fire(x, sample * neurons, noise.stream(sample), totals);
        });
    return EventSpikeTrain.unchecked(shape, steps, samples, !HostFeatures.hasNegative(x), totals);
  }

  /** By the expected number of spikes. */
  private static void requireMemory(
      float[] x, FeatureShape shape, int minibatch, int steps, double gain) {
    if (SpikeTrainMemory.fitsAnyList(minibatch, shape, steps)) {
      return;
    }
    double largest = 0;
    double all = 0;
    for (int sample = 0; sample < minibatch; sample++) {
      double rates = 0;
      for (int i = 0; i < shape.neurons(); i++) {
        rates += Math.min(1, gain * Math.abs(x[sample * shape.neurons() + i]));
      }
      largest = Math.max(largest, rates * steps);
      all += rates * steps;
    }
    SpikeTrainMemory.requireListed(minibatch, shape, steps, largest, all);
  }

  /**
   * Draws the spikes of one sample after another. The outer loop runs over neurons and the inner
   * over steps, since a neuron's probability is the same at every step; spikes go to lists per
   * step. Scratch memory, one per task.
   */
  private static final class PoissonDraws {

    /** Draws are whole numbers below 2³². */
    private static final double DRAWS = 0x1p32;

    private static final long DRAW_MASK = 0xFFFFFFFFL;

    /** Steps whose lists are filled together, so that they stay in the cache; even. */
    private static final int STEPS_OF_A_BLOCK = 32;

    private final FeatureShape shape;

    /** The first step of the stream to draw; even, since a draw serves two steps. */
    private final long firstDrawn;

    /** 1 if that is the step before the piece, 0 if it is the piece's first. */
    private final int skipped;

    private final int steps;
    private final double gain;

    /** The neurons of the sample that can fire, in the order of spike trains. */
    private final int[] neurons;

    /** Their indices in array order. */
    private final int[] arrayIndices;

    /** A neuron fires where its draw is below its limit. */
    private final long[] limits;

    /** For each step of a block, room for one event per neuron and one more. */
    private final int[] lists;

    private final int[] sizes = new int[STEPS_OF_A_BLOCK];
    private int[] events = new int[0];

    PoissonDraws(FeatureShape shape, long firstStep, int steps, double gain) {
      this.shape = shape;
      this.skipped = (int) (firstStep & 1);
      this.firstDrawn = firstStep - skipped;
      this.steps = steps;
      this.gain = gain;
      this.neurons = new int[shape.neurons()];
      this.arrayIndices = new int[shape.neurons()];
      this.limits = new long[shape.neurons()];
      this.lists = new int[Math.multiplyExact(STEPS_OF_A_BLOCK, shape.neurons() + 1)];
    }

    /** Draws one sample, whose features start at an index; also writes the sum of its spikes. */
    EventSpikeTrain.Sample fire(float[] x, int first, long stream, float[] totals) {
      int count = prepare(x, first);
      int[] firstOfStep = new int[steps + 1];
      int size = 0;
      int drawn = steps + skipped;
      for (int step = 0; step < drawn; step += STEPS_OF_A_BLOCK) {
        int blockSteps = Math.min(STEPS_OF_A_BLOCK, drawn - step);
        int from = step == 0 ? skipped : 0;
        for (int i = 0; i < count; i++) {
          int neuron = neurons[i];
          float feature = x[first + arrayIndices[i]];
          int code = feature < 0 ? ~neuron : neuron;
          long counter = ((long) neuron << Integer.SIZE) + firstDrawn + step;
          int spikes = fire(code, limits[i], stream, counter, from, blockSteps);
          totals[first + arrayIndices[i]] += feature < 0 ? -spikes : spikes;
        }
        size = collect(blockSteps, step - skipped, size, firstOfStep);
      }
      return new EventSpikeTrain.Sample(firstOfStep, Arrays.copyOf(events, size), null);
    }

    /** Lists the neurons that can fire; returns their number. */
    private int prepare(float[] x, int first) {
      int count = 0;
      int neuron = 0;
      for (int position = 0; position < shape.positions(); position++) {
        for (int channel = 0; channel < shape.channels(); channel++, neuron++) {
          int index = channel * shape.positions() + position;
          double magnitude = Math.abs(x[first + index]);
          if (magnitude != 0) {
            neurons[count] = neuron;
            arrayIndices[count] = index;
            // g·|x| > r, for r = d / 2³² and whole numbers d, is d < ⌈g·|x| · 2³²⌉.
            limits[count++] = (long) Math.ceil(Math.min(1, gain * magnitude) * DRAWS);
          }
        }
      }
      return count;
    }

    /**
     * Draws the spikes of one neuron, two steps per 64-bit draw, and returns their number.
     *
     * @param from the first step whose spikes are kept, 0 or 1
     */
    private int fire(int code, long limit, long stream, long counter, int from, int blockSteps) {
      int room = neurons.length + 1;
      int spikes = 0;
      for (int step = 0; step < blockSteps; step += 2) {
        long draw = NoiseKey.draw(stream, counter + step);
        // Always written, but kept only if it fires: no branch to mispredict.
        int one = step < from ? 0 : (int) (((draw & DRAW_MASK) - limit) >>> 63);
        lists[step * room + sizes[step]] = code;
        sizes[step] += one;
        int other = step + 1 < blockSteps ? (int) (((draw >>> 32) - limit) >>> 63) : 0;
        lists[(step + 1) * room + sizes[step + 1]] = code;
        sizes[step + 1] += other;
        spikes += one + other;
      }
      return spikes;
    }

    /** Twice the need, limited by the longest array. */
    private static int room(int needed) {
      return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(256, 2L * needed));
    }

    /** Appends the lists of a block to the events; returns how many there are then. */
    private int collect(int blockSteps, int firstStep, int before, int[] firstOfStep) {
      int size = before;
      for (int step = 0; step < blockSteps; step++) {
        if (size + sizes[step] > events.length) {
          events = Arrays.copyOf(events, room(size + sizes[step]));
        }
        System.arraycopy(lists, step * (neurons.length + 1), events, size, sizes[step]);
        size += sizes[step];
        sizes[step] = 0;
        firstOfStep[firstStep + step + 1] = size;
      }
      return size;
    }
  }
}
