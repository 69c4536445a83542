package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.Optional;

/** The shape that a node outputs. */
final class OutputShape {

  private OutputShape() {}

  /** A node's output for an input shape; empty if the input does not fit. */
  static Optional<int[]> of(NirNode node, int[] in) {
    if (node instanceof NirWeights.Affine affine) {
      return mapped(affine.weight(), in);
    }
    if (node instanceof NirWeights.Linear linear) {
      return mapped(linear.weight(), in);
    }
    if (node instanceof NirPlumbing.Flatten flatten) {
      return flattened(flatten, in);
    }
    if (node instanceof NirPlumbing.Input || node instanceof NirPlumbing.Output) {
      return Optional.of(in.clone());
    }
    Optional<int[]> own = own(node);
    return own.isPresent()
        ? own.filter(shape -> Arrays.equals(shape, in))
        : Optional.ofNullable(StepWindows.of(node, in)).map(StepWindows::outputShape);
  }

  /** The shape of neurons, delays and factors, whose input and output have it. */
  static Optional<int[]> own(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return Optional.of(neurons.shape());
    }
    if (node instanceof NirPlumbing.Delay delay) {
      return Optional.of(delay.delay().shape());
    }
    return node instanceof NirWeights.Scale scale
        ? Optional.of(scale.scale().shape())
        : Optional.empty();
  }

  private static Optional<int[]> mapped(NirTensor weight, int[] in) {
    int rank = weight.rank();
    boolean fits = in.length >= 1 && in[in.length - 1] == weight.size(rank - 1);
    // Parallel maps, or one for all rows.
    boolean sideBySide = rank > 2;
    if (sideBySide) {
      int[] maps = Arrays.copyOf(weight.shape(), rank - 2);
      fits &= Arrays.equals(maps, Arrays.copyOf(in, Math.max(0, in.length - 1)));
    }
    if (!fits) {
      return Optional.empty();
    }
    int[] out = in.clone();
    out[out.length - 1] = weight.size(rank - 2);
    return Optional.of(out);
  }

  private static Optional<int[]> flattened(NirPlumbing.Flatten flatten, int[] in) {
    int start = flatten.startDim() < 0 ? in.length + flatten.startDim() : flatten.startDim();
    int end = flatten.endDim() < 0 ? in.length + flatten.endDim() : flatten.endDim();
    if (start < 0 || end < start || end >= in.length) {
      return Optional.empty();
    }
    int[] out = new int[in.length - (end - start)];
    Arrays.fill(out, 1);
    for (int i = 0; i < in.length; i++) {
      int axis = i <= start ? i : i <= end ? start : i - (end - start);
      out[axis] = Math.multiplyExact(out[axis], in[i]);
    }
    return Optional.of(out);
  }
}
