package org.dl4jsnn.kernel;

import java.util.Arrays;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Average pooling of ordinary spikes over 2×2 windows with stride 2, by neurons without leak that
 * fire at the fourth spike and start anew at zero (a threshold from 0.75 up to 1): the membrane
 * potential is a whole number of quarters from 0 to 3, held as two bit planes, and a full adder
 * serves 32 channels at a time.
 */
public final class BitmapAverage implements SampleSimulation {

  private final FeatureShape input;
  private final FeatureShape output;
  private final BitLayout inputLayout;
  private final BitLayout outputLayout;
  private final int[] ones;
  private final int[] twos;

  /**
   * A simulation.
   *
   * @param input the input's shape
   * @param output the output's shape
   */
  public BitmapAverage(FeatureShape input, FeatureShape output) {
    this.input = input;
    this.output = output;
    this.inputLayout = BitLayout.of(input);
    this.outputLayout = BitLayout.of(output);
    this.ones = new int[outputLayout.perStep()];
    this.twos = new int[outputLayout.perStep()];
  }

  /**
   * Whether this simulation serves a neuron.
   *
   * @param rule the neuron
   * @return true if it fires at the fourth spike of its window
   */
  public static boolean serves(FireRule rule) {
    return rule.leak() == 1
        && !rule.subtractive()
        && rule.resetValue() == 0
        && rule.initialMembrane() == 0
        && rule.threshold() >= 0.75f
        && rule.threshold() < 1;
  }

  @Override
  public void run(SpikeTrain train, int sample, int[] words, float[] totals, int offset) {
    int[] spikes = ((BinarySpikeTrain) train).words(sample);
    Arrays.fill(ones, 0);
    Arrays.fill(twos, 0);
    int perPosition = inputLayout.perPosition();
    int below = input.width() * perPosition;
    for (int step = 0; step < train.steps(); step++) {
      int to = step * outputLayout.perStep();
      int cell = 0;
      for (int y = 0; y < output.height(); y++) {
        int row = step * inputLayout.perStep() + 2 * y * below;
        for (int x = 0; x < output.width(); x++, row += perPosition) {
          for (int word = 0; word < perPosition; word++, cell++, row++) {
            int a = spikes[row];
            int b = spikes[row + perPosition];
            int c = spikes[row + below];
            int d = spikes[row + below + perPosition];
            if ((a | b | c | d) != 0) {
              words[to + cell] = add(cell, a, b, c, d);
            }
          }
        }
      }
    }
    SpikeCounts.add(words, outputLayout, output, totals, offset);
  }

  /** Adds four spikes to each membrane; returns those that reached four, which start anew. */
  private int add(int cell, int a, int b, int c, int d) {
    int onesOfAb = a ^ b;
    int twosOfAb = a & b;
    int onesOfCd = c ^ d;
    int twosOfCd = c & d;
    int low = onesOfAb ^ onesOfCd;
    int carry = onesOfAb & onesOfCd;
    // Spikes of the step: low + 2 · (twosOfAb + twosOfCd + carry), of which at most two are set.
    int sum = ones[cell] ^ low;
    int carried = ones[cell] & low;
    int middle = twosOfAb ^ twosOfCd ^ carry;
    int fourOfStep = twosOfAb & twosOfCd | twosOfAb & carry | twosOfCd & carry;
    int high = twos[cell] ^ middle;
    int fired = fourOfStep | twos[cell] & middle | high & carried;
    high ^= carried;
    ones[cell] = sum & ~fired;
    twos[cell] = high & ~fired;
    return fired;
  }
}
