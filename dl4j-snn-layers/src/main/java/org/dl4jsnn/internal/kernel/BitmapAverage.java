package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Average pooling of ordinary spikes over 2×2 windows with stride 2, by neurons without leak that
 * fire at the fourth spike and start anew at zero (a threshold from 0.75 up to 1): the membrane
 * potential is a whole number of quarters from 0 to 3, held as two bit planes, and a full adder
 * serves 32 channels at a time.
 */
public final class BitmapAverage implements SampleSimulation {

  private final FeatureShape input;
  private final FeatureShape output;
  private final int channels;
  private final BitLayout inputLayout;
  private final BitLayout outputLayout;
  private final int[] cellOfPosition;
  private final int[] placeOfPosition;
  private final int[][] ones;
  private final int[][] twos;
  private final int[][] quarters;
  private final int[] fired;

  /** The input's numbers of spikes; made when they are asked for. */
  private float[] totals;

  /**
   * A simulation.
   *
   * @param input the input's shape
   * @param output the output's shape
   */
  public BitmapAverage(FeatureShape input, FeatureShape output) {
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
    this.ones = new int[inputLayout.planes()][inputLayout.quarter()];
    this.twos = new int[inputLayout.planes()][inputLayout.quarter()];
    this.quarters = new int[4][inputLayout.quarter()];
    this.fired = new int[inputLayout.quarter()];
  }

  /**
   * Whether this simulation serves a neuron.
   *
   * @param rule the neuron
   * @return true if it fires at the fourth spike of its window
   */
  public static boolean serves(KernelNeuron rule) {
    return rule.leak() == 1
        && !rule.subtractive()
        && rule.resetValue() == 0
        && rule.initialMembrane() == 0
        && rule.threshold() >= 0.75f
        && rule.threshold() < 1;
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
        add(spikes, inputLayout.plane(step, channel), ones[plane], twos[plane]);
        write(run.words(), outputLayout.plane(step, channel));
      }
    }
    if (run.inputs() != null) {
      totals = totals == null ? new float[input.neurons()] : totals;
      binary.counts().reader().read(run.sample(), totals, 0);
      averages(run.inputs());
    }
    if (run.end() != null) {
      end(run.end()[0]);
    }
  }

  /**
   * Whether membrane potentials are ones that this simulation can begin with.
   *
   * @param membranes one a neuron
   * @return true if all are a whole number of quarters from 0 to 3
   */
  public static boolean servesFrom(double[] membranes) {
    return Arrays.stream(membranes).allMatch(u -> u == 0 || u == 0.25 || u == 0.5 || u == 0.75);
  }

  /** The accumulated input: the averages of numbers of spikes. */
  private void averages(float[] averages) {
    int above = 0;
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      int window = above;
      for (int y = 0; y < output.height(); y++, window += 2 * input.width()) {
        int below = window + input.width();
        for (int x = 0; x < output.width(); x++) {
          int left = 2 * x;
          averages[next++] =
              (totals[window + left]
                      + totals[window + left + 1]
                      + totals[below + left]
                      + totals[below + left + 1])
                  / 4;
        }
      }
      above += input.positions();
    }
  }

  private void start(float[][] state) {
    for (int plane = 0; plane < inputLayout.planes(); plane++) {
      Arrays.fill(ones[plane], 0);
      Arrays.fill(twos[plane], 0);
    }
    for (int neuron = 0; state != null && neuron < state[0].length; neuron++) {
      int quartersOfOne = (int) (state[0][neuron] * 4);
      int channel = neuron % channels;
      int cell = cellOfPosition[neuron / channels];
      ones[channel / BitLayout.WORD][cell] |= (quartersOfOne & 1) << channel;
      twos[channel / BitLayout.WORD][cell] |= quartersOfOne >> 1 << channel;
    }
  }

  private void end(float[] membrane) {
    for (int neuron = 0; neuron < membrane.length; neuron++) {
      int channel = neuron % channels;
      int plane = channel / BitLayout.WORD;
      int cell = cellOfPosition[neuron / channels];
      int quartersOfOne =
          (ones[plane][cell] >>> channel & 1) + 2 * (twos[plane][cell] >>> channel & 1);
      membrane[neuron] = quartersOfOne / 4f;
    }
  }

  /** Copies the four quarters, since a loop is vectorised only over arrays at one index. */
  private void add(int[] words, int plane, int[] ones, int[] twos) {
    for (int k = 0; k < quarters.length; k++) {
      System.arraycopy(words, plane + k * fired.length, quarters[k], 0, fired.length);
    }
    add(quarters[0], quarters[1], quarters[2], quarters[3], ones, twos, fired);
  }

  /**
   * Adds the four spikes of every window to its membrane; those that reach four fire and start
   * anew.
   */
  private static void add(int[] a, int[] b, int[] c, int[] d, int[] ones, int[] twos, int[] fired) {
    for (int i = 0; i < fired.length; i++) {
      int onesOfAb = a[i] ^ b[i];
      int twosOfAb = a[i] & b[i];
      int onesOfCd = c[i] ^ d[i];
      int twosOfCd = c[i] & d[i];
      int low = onesOfAb ^ onesOfCd;
      int carry = onesOfAb & onesOfCd;
      // Spikes of the step: low + 2 · (twosOfAb + twosOfCd + carry), of which at most two are set.
      int one = ones[i];
      int two = twos[i];
      int carried = one & low;
      int middle = twosOfAb ^ twosOfCd ^ carry;
      int fourOfStep = twosOfAb & twosOfCd | (twosOfAb ^ twosOfCd) & carry;
      int high = two ^ middle;
      int four = fourOfStep | two & middle | high & carried;
      ones[i] = (one ^ low) & ~four;
      twos[i] = (high ^ carried) & ~four;
      fired[i] = four;
    }
  }

  private void write(int[] words, int plane) {
    for (int position = 0; position < placeOfPosition.length; position++) {
      words[plane + placeOfPosition[position]] = fired[cellOfPosition[position]];
    }
  }
}
