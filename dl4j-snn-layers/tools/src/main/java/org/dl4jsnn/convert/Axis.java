package org.dl4jsnn.convert;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * How a kernel slides over one axis, with zeros before the first value and after the last one; if
 * {@code same}, the zeros follow from the size of the input instead.
 */
record Axis(int kernel, int stride, int dilation, int before, int after, boolean same) {

  /** A kernel of one tap that visits every position. */
  static final Axis POINT = new Axis(1, 1, 1, 0, 0, false);

  /** An axis of Deeplearning4j's windows; {@code mode} says whether the given zeros apply. */
  static Axis of(int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {
    boolean same = mode == ConvolutionMode.Same;
    return new Axis(kernel, stride, dilation, same ? 0 : padding, same ? 0 : padding, same);
  }

  int outputSize(int input) {
    if (same) {
      return (input + stride - 1) / stride;
    }
    return Math.floorDiv(input + before + after - extent(), stride) + 1;
  }

  private int extent() {
    return dilation * (kernel - 1) + 1;
  }

  /** The same over an input of known size, with explicit numbers of zeros. */
  Axis explicit(int input) {
    if (!same) {
      return this;
    }
    int zeros = Math.max(0, (outputSize(input) - 1) * stride + extent() - input);
    return new Axis(kernel, stride, dilation, zeros / 2, zeros - zeros / 2, false);
  }

  /** With more zeros; requires explicit numbers of zeros. */
  Axis padded(int more, int moreAfter) {
    return new Axis(kernel, stride, dilation, before + more, after + moreAfter, false);
  }

  /** Whether a window may reach beyond the input. */
  boolean hasZeros(int input) {
    Axis known = explicit(input);
    return known.before > 0 || known.after > 0;
  }

  /** Whether the library's layers support it. */
  boolean isSymmetric() {
    return same || before == after;
  }

  /**
   * A kernel with equal zeros at both ends that contains several kernels over inputs of one size,
   * each starting at one of its taps; empty if strides or outputs differ, or taps do not align.
   */
  static Optional<Axis> common(List<Axis> axes, int input) {
    List<Axis> known = axes.stream().map(axis -> axis.explicit(input)).toList();
    int stride = known.get(0).stride;
    int size = known.get(0).outputSize(input);
    int dilation =
        known.stream().filter(axis -> axis.kernel > 1).mapToInt(Axis::dilation).max().orElse(1);
    boolean fits =
        known.stream()
            .allMatch(
                axis ->
                    axis.stride == stride
                        && axis.outputSize(input) == size
                        && (axis.kernel == 1 || axis.dilation == dilation));
    int zeros = known.stream().mapToInt(axis -> Math.max(axis.before, axis.after)).max().orElse(0);
    if (!fits || known.stream().anyMatch(axis -> (zeros - axis.before) % dilation != 0)) {
      return Optional.empty();
    }
    int taps = 0;
    for (Axis axis : known) {
      taps = Math.max(taps, (zeros - axis.before) / dilation + axis.kernel);
    }
    // Zero taps at the end keep the number of windows.
    Axis common = new Axis(taps, stride, dilation, zeros, zeros, false);
    while (common.outputSize(input) > size) {
      common = new Axis(common.kernel + 1, stride, dilation, zeros, zeros, false);
    }
    return common.outputSize(input) == size ? Optional.of(common) : Optional.empty();
  }

  /** Whether a kernel with equal zeros at both ends can do the same. */
  boolean canBeEven(int input) {
    return isSymmetric() || common(List.of(this), input).isPresent();
  }

  /** The tap of a common kernel where this kernel starts. */
  int firstTapIn(Axis common, int input) {
    return (common.before - explicit(input).before) / common.dilation;
  }
}
