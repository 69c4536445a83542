package org.dl4jsnn.nir;

import org.dl4jsnn.internal.Require;

/** Whether a bias, and groups, fit weights. */
final class BiasRule {

  private BiasRule() {}

  /**
   * Checks the bias of a full connection.
   *
   * @param weight [nOut, nIn]; leading axes count parallel maps
   * @param bias [nOut], or with the leading axes of the weight
   */
  static void affine(NirTensor weight, NirTensor bias) {
    int outputs = weight.size(weight.rank() - 2);
    long maps = 1;
    for (int axis = 0; axis < weight.rank() - 2; axis++) {
      maps *= weight.size(axis);
    }
    long count = Require.product(bias.shape());
    boolean fits =
        bias.rank() > 0
            && bias.size(bias.rank() - 1) == outputs
            && (count == outputs || count == maps * outputs);
    if (!fits) {
      throw new IllegalArgumentException("bias must have " + outputs + " numbers, got " + bias);
    }
  }

  /**
   * Checks the bias and the groups of a convolution.
   *
   * @param weight [nOut, nIn / groups, …]
   * @param bias [nOut]
   */
  static void convolution(NirTensor weight, NirTensor bias, int groups) {
    int outputs = weight.size(0);
    if (Require.product(bias.shape()) != outputs) {
      throw new IllegalArgumentException("bias must have " + outputs + " numbers, got " + bias);
    }
    if (groups < 1 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide the " + outputs + " output channels, got " + groups);
    }
  }
}
