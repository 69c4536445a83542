package org.dl4jsnn.examples.spoken;

import java.util.Arrays;

/**
 * Gammatone filters of the fourth order, each a chain of four equal complex resonators of one pole
 * (equation 57 of docs/mathematics.md). The gain at a filter's centre is 1.
 */
final class GammatoneBank {

  private static final int ORDER = 4;

  /** Bandwidth of the fourth-order filter as a multiple of the equivalent rectangular bandwidth. */
  private static final double BANDWIDTH = 1.019;

  private final int channels;
  private final float[] poleReal;
  private final float[] poleImaginary;
  private final float[] gain;

  /** Filters around centres in Hz, for so many samples a second. */
  GammatoneBank(double[] centres, double rate) {
    channels = centres.length;
    poleReal = new float[channels];
    poleImaginary = new float[channels];
    gain = new float[channels];
    for (int c = 0; c < channels; c++) {
      double erb = 24.7 * (1 + 0.00437 * centres[c]);
      double size = Math.exp(-2 * Math.PI * BANDWIDTH * erb / rate);
      double angle = 2 * Math.PI * centres[c] / rate;
      poleReal[c] = (float) (size * Math.cos(angle));
      poleImaginary[c] = (float) (size * Math.sin(angle));
      // Doubled, since a real tone is the sum of two rotations of half its amplitude.
      gain[c] = (float) (2 * Math.pow(1 - size, ORDER));
    }
  }

  State start() {
    return new State();
  }

  /** The state of the filters within a sound. */
  final class State {

    private final float[][] real = new float[ORDER][channels];
    private final float[][] imaginary = new float[ORDER][channels];
    private final float[] silence = new float[channels];

    /** Continues through a sound; each filter's mean positive value over these samples. */
    void rectified(float[] sound, int first, int count, float[] rectified) {
      Arrays.fill(rectified, 0);
      for (int i = first; i < first + count; i++) {
        resonate(sound[i]);
        addPositive(real[ORDER - 1], rectified);
      }
      for (int c = 0; c < channels; c++) {
        rectified[c] *= gain[c] / count;
      }
    }

    private void resonate(float sample) {
      float[] in = silence;
      float[] inImaginary = silence;
      for (int stage = 0; stage < ORDER; stage++) {
        turn(real[stage], imaginary[stage], in, inImaginary, stage == 0 ? sample : 0);
        in = real[stage];
        inImaginary = imaginary[stage];
      }
    }

    /** Channels are innermost, so that Java computes many of them at a time. */
    private void turn(float[] re, float[] im, float[] in, float[] inImaginary, float sample) {
      for (int c = 0; c < channels; c++) {
        float former = re[c];
        re[c] = poleReal[c] * former - poleImaginary[c] * im[c] + in[c] + sample;
        im[c] = poleReal[c] * im[c] + poleImaginary[c] * former + inImaginary[c];
      }
    }

    private void addPositive(float[] values, float[] sums) {
      for (int c = 0; c < channels; c++) {
        sums[c] += Math.max(0, values[c]);
      }
    }
  }
}
