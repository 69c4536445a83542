package org.dl4jsnn.nir;

import org.dl4jsnn.internal.Require;

/** Linear nodes. */
public sealed interface NirWeights extends NirNode {

  /**
   * y = W x + b.
   *
   * @param weight [nOut, nIn]; leading axes count parallel maps
   * @param bias [nOut]
   */
  record Affine(NirTensor weight, NirTensor bias) implements NirWeights {
    /**
     * Checks axes and numbers.
     *
     * @param weight [nOut, nIn]; leading axes count parallel maps
     * @param bias [nOut]
     * @throws IllegalArgumentException if weight has fewer than two axes, bias does not have nOut
     *     numbers, per map or for all, or a number is not finite
     */
    public Affine {
      weight.requireAxes("weight", 2).requireFinite("weight");
      bias.requireFinite("bias");
      requireBias(weight, bias);
    }
  }

  /**
   * y = W x.
   *
   * @param weight [nOut, nIn]; leading axes count parallel maps
   */
  record Linear(NirTensor weight) implements NirWeights {
    /**
     * Checks axes and numbers.
     *
     * @param weight [nOut, nIn]; leading axes count parallel maps
     * @throws IllegalArgumentException if weight has fewer than two axes, or a number is not finite
     */
    public Linear {
      weight.requireAxes("weight", 2).requireFinite("weight");
    }
  }

  /**
   * y = s ⊙ x.
   *
   * @param scale s, with the shape of x
   */
  record Scale(NirTensor scale) implements NirWeights {
    /**
     * Checks the numbers.
     *
     * @param scale s, with the shape of x
     * @throws IllegalArgumentException if a number is not finite
     */
    public Scale {
      scale.requireFinite("scale");
    }
  }

  /**
   * Convolution over one axis.
   *
   * @param inputLength length of that axis; 0 if the file does not say
   * @param weight [nOut, nIn / groups, kernel]
   * @param bias [nOut]
   * @param axis stride, padding and dilation
   * @param groups groups of channels that are separate from each other
   */
  record Conv1d(int inputLength, NirTensor weight, NirTensor bias, Axis axis, int groups)
      implements NirWeights {
    /**
     * Checks axes and numbers.
     *
     * @param inputLength length of that axis; 0 if the file does not say
     * @param weight [nOut, nIn / groups, kernel]
     * @param bias [nOut]
     * @param axis stride, padding and dilation
     * @param groups groups of channels that are separate from each other
     * @throws IllegalArgumentException if weight does not have three axes, bias does not have nOut
     *     numbers, groups does not divide nOut, or a number is not finite
     */
    public Conv1d {
      weight.requireRank("weight", 3).requireFinite("weight");
      bias.requireFinite("bias");
      requireBias(weight, bias, groups);
    }
  }

  /**
   * Convolution over rows and columns.
   *
   * @param inputHeight rows of the input; 0 if the file does not say
   * @param inputWidth columns of the input; 0 if the file does not say
   * @param weight [nOut, nIn / groups, kernel height, kernel width]
   * @param bias [nOut]
   * @param rows stride, padding and dilation along the rows
   * @param columns the same along the columns
   * @param groups groups of channels that are separate from each other
   */
  record Conv2d(
      int inputHeight,
      int inputWidth,
      NirTensor weight,
      NirTensor bias,
      Axis rows,
      Axis columns,
      int groups)
      implements NirWeights {
    /**
     * Checks axes and numbers.
     *
     * @param inputHeight rows of the input; 0 if the file does not say
     * @param inputWidth columns of the input; 0 if the file does not say
     * @param weight [nOut, nIn / groups, kernel height, kernel width]
     * @param bias [nOut]
     * @param rows stride, padding and dilation along the rows
     * @param columns the same along the columns
     * @param groups groups of channels that are separate from each other
     * @throws IllegalArgumentException if weight does not have four axes, bias does not have nOut
     *     numbers, groups does not divide nOut, or a number is not finite
     */
    public Conv2d {
      weight.requireRank("weight", 4).requireFinite("weight");
      bias.requireFinite("bias");
      requireBias(weight, bias, groups);
    }
  }

  /**
   * How a window moves along an axis.
   *
   * @param stride from one window to the next, at least 1
   * @param padding zeros on either side; {@link #SAME} for as many as are needed to make the output
   *     as long as the input, with an odd one at the end
   * @param dilation from one tap to the next, at least 1
   */
  record Axis(int stride, int padding, int dilation) {

    /** The padding "same" of a file. */
    public static final int SAME = -1;

    /**
     * Checks the numbers.
     *
     * @param stride from one window to the next
     * @param padding zeros on either side, or {@link #SAME}
     * @param dilation from one tap to the next
     * @throws IllegalArgumentException if one is too small
     */
    public Axis {
      Require.atLeast("stride", stride, 1);
      Require.atLeast("padding", padding, SAME);
      Require.atLeast("dilation", dilation, 1);
    }
  }

  /** The bias of a full connection: nOut numbers, or as many for each of parallel maps. */
  private static void requireBias(NirTensor weight, NirTensor bias) {
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
    Require.not(!fits, "bias must have %s numbers, got %s", outputs, bias);
  }

  /** The bias of a convolution, [nOut], and its groups. */
  private static void requireBias(NirTensor weight, NirTensor bias, int groups) {
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
