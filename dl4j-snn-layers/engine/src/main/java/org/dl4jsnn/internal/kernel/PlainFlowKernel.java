package org.dl4jsnn.internal.kernel;

import java.util.Arrays;

/** The plain counterpart of the vectorised loops, which use it for the remainder. */
public final class PlainFlowKernel implements FlowKernel {

  private static final int SIGN = Integer.SIZE - 1;

  @Override
  public void gate(float[] in, int neurons, int[] gate) {
    for (int word = 0; word < FlowKernel.words(neurons); word++) {
      int first = word * WORD;
      int bits = 0;
      for (int k = 0; k < Math.min(WORD, neurons - first); k++) {
        // The sign of 0 - in, without a branch.
        bits |= Float.floatToRawIntBits(0 - in[first + k]) >>> SIGN << k;
      }
      gate[word] = bits;
    }
  }

  @Override
  public double[] sums(float[] in, float[] out, int first, int neurons, boolean all) {
    double[] sums = new double[2];
    float[] sumIn = new float[LANES];
    float[] sumOut = new float[LANES];
    for (int block = 0; block < neurons; block += BLOCK) {
      int end = Math.min(neurons, block + BLOCK);
      Arrays.fill(sumIn, 0);
      Arrays.fill(sumOut, 0);
      add(in, out, first, block, end, all, sumIn, sumOut);
      addUp(sumIn, sumOut, sums);
    }
    return sums;
  }

  /**
   * Adds neurons to the partial sums.
   *
   * @param end the neuron after the last
   * @param all whether all count
   */
  public static void add(
      float[] in,
      float[] out,
      int first,
      int from,
      int end,
      boolean all,
      float[] sumIn,
      float[] sumOut) {
    int always = all ? -1 : 0;
    for (int i = from; i < end; i++) {
      // All bits if the neuron counts, otherwise none: a branch would be mispredicted.
      int counts = always | ~(Float.floatToRawIntBits(in[i] - out[first + i]) >> SIGN);
      sumIn[i % LANES] += Float.intBitsToFloat(Float.floatToRawIntBits(in[i]) & counts);
      sumOut[i % LANES] += Float.intBitsToFloat(Float.floatToRawIntBits(out[first + i]) & counts);
    }
  }

  /**
   * Adds the partial sums of a block to the sums.
   *
   * @param sums the sum of the input and that of the output
   */
  public static void addUp(float[] sumIn, float[] sumOut, double[] sums) {
    for (int lane = 0; lane < LANES; lane++) {
      sums[0] += sumIn[lane];
      sums[1] += sumOut[lane];
    }
  }

  @Override
  public void apply(int[] gate, float factor, float[] gradient, int neurons) {
    for (int word = 0; word < FlowKernel.words(neurons); word++) {
      int first = word * WORD;
      for (int k = 0; k < Math.min(WORD, neurons - first); k++) {
        int open = gate[word] << SIGN - k >> SIGN;
        int bits = Float.floatToRawIntBits(factor * gradient[first + k]);
        gradient[first + k] = Float.intBitsToFloat(bits & open);
      }
    }
  }
}
