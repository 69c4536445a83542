package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Average pooling of ordinary spikes over 2×2 windows with stride 2, by neurons without leak whose
 * membranes differ by whole numbers of quarters and are held as bit planes: 32 channels at a time.
 * Without it an inference of LeNet5 takes nearly twice as long (docs/decisions/0061).
 */
public final class BitmapAverage implements SampleSimulation {

  private final FeatureShape input;
  private final FeatureShape output;
  private final int channels;
  private final BitLayout inputLayout;
  private final BitLayout outputLayout;
  private final int[] cellOfPosition;
  private final int[] placeOfPosition;
  private final QuarterMembranes[] membranes;
  private final int[][] quarters;
  private final int[] fired;

  /** The input's spike counts; computed on demand. */
  private float[] totals;

  private BitmapAverage(FeatureShape input, FeatureShape output, QuarterRule rule) {
    this.input = input;
    this.output = output;
    this.channels = output.channels();
    this.inputLayout = BitLayout.of(input);
    this.outputLayout = BitLayout.of(output);
    this.placeOfPosition = outputLayout.places(output);
    this.cellOfPosition = new int[output.positions()];
    for (int position = 0; position < cellOfPosition.length; position++) {
      int row = position / output.width();
      cellOfPosition[position] = row * inputLayout.quarterWidth() + position % output.width();
    }
    this.membranes = new QuarterMembranes[inputLayout.planes()];
    Arrays.setAll(membranes, plane -> new QuarterMembranes(rule, inputLayout.quarter()));
    this.quarters = new int[4][inputLayout.quarter()];
    this.fired = new int[inputLayout.quarter()];
  }

  /**
   * {@return the simulations of a layer; empty if membranes do not differ by whole quarters}
   *
   * @param start the initial membranes, one array per sample; empty if all samples begin at rest
   */
  public static Optional<SampleSimulations> of(
      FeatureShape input, FeatureShape output, KernelNeuron rule, int steps, List<float[]> start) {
    float low = rule.initialMembrane();
    float high = low;
    for (float[] membranes : start) {
      for (float membrane : membranes) {
        low = Math.min(low, membrane);
        high = Math.max(high, membrane);
      }
    }
    return QuarterRule.of(rule, low, high, steps)
        .filter(quarters -> start.stream().allMatch(quarters::servesFrom))
        .map(quarters -> share -> new BitmapAverage(input, output, quarters));
  }

  @Override
  public boolean sumsInputs() {
    return true;
  }

  @Override
  public void run(SampleRun run) {
    BinarySpikeTrain binary = (BinarySpikeTrain) run.input();
    int[] spikes = binary.words(run.sample());
    start(run.start());
    for (int step = 0; step < run.input().steps(); step++) {
      for (int plane = 0; plane < inputLayout.planes(); plane++) {
        int channel = plane * BitLayout.WORD;
        step(spikes, inputLayout.plane(step, channel), membranes[plane]);
        write(run.words(), outputLayout.plane(step, channel), channelsFrom(channel));
      }
    }
    if (run.inputs() != null) {
      totals = totals == null ? new float[input.neurons()] : totals;
      Kernels.chosen().reader(binary.counts()).read(run.sample(), totals, 0);
      averages(run.inputs());
    }
    if (run.end() != null) {
      end(run.end()[0]);
    }
  }

  /**
   * The accumulated input: the averages of spike counts. Sums of rows first, which Java vectorises.
   */
  private void averages(float[] averages) {
    int width = input.width();
    float[] pairs = new float[width];
    float[] below = new float[width];
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      int row = channel * input.positions();
      for (int y = 0; y < output.height(); y++, row += 2 * width) {
        System.arraycopy(totals, row, pairs, 0, width);
        System.arraycopy(totals, row + width, below, 0, width);
        for (int x = 0; x < width; x++) {
          pairs[x] += below[x];
        }
        for (int x = 0; x < output.width(); x++) {
          averages[next++] = (pairs[2 * x] + pairs[2 * x + 1]) / 4;
        }
      }
    }
  }

  private void start(float[][] state) {
    for (int plane = 0; plane < membranes.length; plane++) {
      membranes[plane].rest();
      int first = plane * BitLayout.WORD;
      for (int position = 0; state != null && position < cellOfPosition.length; position++) {
        membranes[plane].set(
            cellOfPosition[position], state[0], position * channels + first, channelsOf(first));
      }
    }
  }

  private void end(float[] state) {
    for (int plane = 0; plane < membranes.length; plane++) {
      int first = plane * BitLayout.WORD;
      for (int position = 0; position < cellOfPosition.length; position++) {
        membranes[plane].get(
            cellOfPosition[position], state, position * channels + first, channelsOf(first));
      }
    }
  }

  /** The number of channels of a plane, by its first one. */
  private int channelsOf(int first) {
    return Math.min(BitLayout.WORD, channels - first);
  }

  /** Copies the four quarters, since a loop is vectorised only if all arrays use one index. */
  private void step(int[] words, int plane, QuarterMembranes ofPlane) {
    for (int k = 0; k < quarters.length; k++) {
      System.arraycopy(words, plane + k * fired.length, quarters[k], 0, fired.length);
    }
    ofPlane.step(quarters[0], quarters[1], quarters[2], quarters[3], fired);
  }

  /** The bits of a plane that are channels; others may fire too if rest is above the threshold. */
  private int channelsFrom(int channel) {
    return -1 >>> BitLayout.WORD - channelsOf(channel);
  }

  private void write(int[] words, int plane, int mask) {
    for (int position = 0; position < placeOfPosition.length; position++) {
      words[plane + placeOfPosition[position]] = fired[cellOfPosition[position]] & mask;
    }
  }
}
