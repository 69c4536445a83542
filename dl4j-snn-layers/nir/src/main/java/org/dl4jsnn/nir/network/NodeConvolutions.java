package org.dl4jsnn.nir.network;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.spike.FeatureShape;

/** Convolutions made from nodes and from each other. */
final class NodeConvolutions {

  private NodeConvolutions() {}

  static Window2D window(NirWeights.Axis rows, int height, NirWeights.Axis columns, int width) {
    boolean same = rows.padding() == NirWeights.Axis.SAME;
    return new Window2D(axis(rows, height, same), axis(columns, width, same));
  }

  private static Window2D.Axis axis(NirWeights.Axis axis, int kernel, boolean same) {
    boolean isSame = axis.padding() == NirWeights.Axis.SAME;
    if (same && axis.stride() != 1) {
      throw new IllegalArgumentException(
          "padding \"same\" must be used with a stride of 1, got a stride of " + axis.stride());
    }
    return new Window2D.Axis(
        kernel, axis.stride(), isSame ? 0 : axis.padding(), axis.dilation(), isSame);
  }

  /** Rows and columns of one tap each. */
  static Window2D pointwise() {
    Window2D.Axis one = new Window2D.Axis(1, 1, 0, 1, false);
    return new Window2D(one, one);
  }

  /** A kernel of the weights of a node, [nOut, nIn / groups, rows, columns]. */
  static Kernel of(
      Window2D window, int groups, float[] weights, int nOut, float[] bias, FeatureShape input) {
    FeatureShape output = window.outputShape(input, nOut);
    int nIn = input.channels();
    if (groups < 1 || nIn % groups != 0 || nOut % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide the channels, " + nIn + " and " + nOut + ", got " + groups);
    }
    int taps = window.rows().kernel() * window.columns().kernel();
    Require.not(
        weights.length != (long) nOut * (nIn / groups) * taps,
        "weights must be [nOut, nIn / groups, …] of %s input channels in %s groups, %s numbers,"
            + " got %s",
        nIn,
        groups,
        (long) nOut * (nIn / groups) * taps,
        weights.length);
    boolean depthwise = groups == nIn && groups > 1;
    float[] full = groups == 1 || depthwise ? weights : ungrouped(weights, nOut, nIn, groups, taps);
    return new Kernel(window, depthwise, full, LinearMap.orNull(bias), input, output);
  }

  /** The same weights with zeros between groups. */
  private static float[] ungrouped(float[] weights, int nOut, int nIn, int groups, int taps) {
    PlannedSize.requireMatrix(nOut, (long) nIn * taps, weights.length);
    float[] full = new float[nOut * nIn * taps];
    int length = nIn / groups * taps;
    for (int out = 0; out < nOut; out++) {
      int group = out / (nOut / groups);
      System.arraycopy(weights, out * length, full, out * nIn * taps + group * length, length);
    }
    return full;
  }

  /** A kernel without groups. */
  static Kernel full(Kernel kernel) {
    if (!kernel.depthwise()) {
      return kernel;
    }
    int nIn = kernel.input().channels();
    int nOut = kernel.output().channels();
    return new Kernel(
        kernel.window(),
        false,
        ungrouped(kernel.weights(), nOut, nIn, nIn, kernel.taps()),
        kernel.bias(),
        kernel.input(),
        kernel.output());
  }

  /** Every channel separately, times a factor. */
  static Kernel diagonal(FeatureShape shape, Window2D window, float[] factors) {
    int taps = window.rows().kernel() * window.columns().kernel();
    PlannedSize.requireMatrix(shape.channels(), taps, 0);
    float[] weights = new float[shape.channels() * taps];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = factors[i / taps];
    }
    return new Kernel(
        window,
        shape.channels() > 1,
        weights,
        null,
        shape,
        window.outputShape(shape, shape.channels()));
  }

  /** A one-tap kernel in another window, which it {@link #fits}, with a tap at its position. */
  static Kernel inWindow(Kernel kernel, Window2D window) {
    if (kernel.window().equals(window)) {
      return kernel;
    }
    int row = tap(window.rows(), kernel.input().height());
    int column = tap(window.columns(), kernel.input().width());
    int columns = window.columns().kernel();
    int taps = window.rows().kernel() * columns;
    PlannedSize.requireMatrix(kernel.weights().length, taps, kernel.weights().length);
    float[] weights = new float[kernel.weights().length * taps];
    for (int map = 0; map < kernel.weights().length; map++) {
      weights[map * taps + row * columns + column] = kernel.weights()[map];
    }
    return new Kernel(
        window,
        kernel.depthwise(),
        weights,
        kernel.bias(),
        kernel.input(),
        window.outputShape(kernel.input(), kernel.output().channels()));
  }

  /** Whether a kernel has a window, or has one tap which fits into it. */
  static boolean fits(Kernel kernel, Window2D window) {
    return kernel.window().equals(window)
        || fits(kernel.window().rows(), window.rows(), kernel.input().height())
            && fits(kernel.window().columns(), window.columns(), kernel.input().width());
  }

  private static boolean fits(Window2D.Axis one, Window2D.Axis other, int input) {
    int before = other.paddingBefore(input);
    return one.kernel() == 1
        && one.paddingBefore(input) == 0
        && one.stride() == other.stride()
        && before % other.dilation() == 0
        && before / other.dilation() < other.kernel();
  }

  private static int tap(Window2D.Axis other, int input) {
    return other.paddingBefore(input) / other.dilation();
  }
}
