package org.dl4jsnn.internal.kernel;

/** The plain twin of the vectorised loops. */
final class PlainFlowKernel implements FlowKernel {

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
