package org.dl4jsnn.nir;

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
      BiasRule.affine(weight, bias);
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
  record Conv1d(int inputLength, NirTensor weight, NirTensor bias, NirAxis axis, int groups)
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
      BiasRule.convolution(weight, bias, groups);
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
      NirAxis rows,
      NirAxis columns,
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
      BiasRule.convolution(weight, bias, groups);
    }
  }
}
