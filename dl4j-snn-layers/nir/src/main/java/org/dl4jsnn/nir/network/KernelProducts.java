package org.dl4jsnn.nir.network;

import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.spike.FeatureShape;

/** Convolutions followed by linear maps. */
final class KernelProducts {

  /** The most products of taps, so that a small file does not take unlimited time. */
  private static final long MOST_PRODUCTS = 1L << 30;

  private KernelProducts() {}

  /** Sums or averages of windows over a convolution, as one convolution. */
  static Kernel pooled(Kernel kernel, Window2D pool, boolean average) {
    Window2D.Axis rows = pooled(kernel.window().rows(), kernel.input().height(), pool.rows());
    Window2D.Axis columns =
        pooled(kernel.window().columns(), kernel.input().width(), pool.columns());
    Window2D window = new Window2D(rows, columns);
    int size = pool.rows().kernel() * pool.columns().kernel();
    int maps = kernel.output().channels() * kernel.fanIn();
    PlannedSize.requireMatrix(
        maps, (long) rows.kernel() * columns.kernel(), kernel.weights().length);
    Require.not(
        (long) kernel.weights().length > MOST_PRODUCTS / size,
        "a convolution pooled without neurons in between must have at most %s products of taps,"
            + " got %s × %s; NirSimulation runs the graph without them",
        MOST_PRODUCTS,
        kernel.weights().length,
        size);
    float[] weights = new float[maps * rows.kernel() * columns.kernel()];
    for (int map = 0; map < maps; map++) {
      for (int i = 0; i < kernel.taps() * size; i++) {
        int tap = i / size;
        int shift = i % size;
        int row =
            at(
                kernel.window().rows(),
                tap / kernel.window().columns().kernel(),
                shift / pool.columns().kernel());
        int column =
            at(
                kernel.window().columns(),
                tap % kernel.window().columns().kernel(),
                shift % pool.columns().kernel());
        weights[(map * rows.kernel() + row) * columns.kernel() + column] +=
            kernel.weights()[map * kernel.taps() + tap] / (average ? size : 1);
      }
    }
    float[] bias = kernel.bias() == null ? null : kernel.bias().clone();
    for (int i = 0; bias != null && !average && i < bias.length; i++) {
      bias[i] *= size;
    }
    FeatureShape output = window.outputShape(kernel.input(), kernel.output().channels());
    return new Kernel(window, kernel.depthwise(), weights, bias, kernel.input(), output);
  }

  private static int at(Window2D.Axis axis, int tap, int shift) {
    return tap * axis.dilation() + shift * axis.stride();
  }

  private static Window2D.Axis pooled(Window2D.Axis axis, int input, Window2D.Axis pool) {
    int extent = axis.extent() + axis.stride() * (pool.kernel() - 1);
    return new Window2D.Axis(
        extent, axis.stride() * pool.stride(), evenPadding(axis, input), 1, false);
  }

  private static int evenPadding(Window2D.Axis axis, int input) {
    Require.not(
        axis.paddingBefore(input) != axis.paddingAfter(input),
        "padding must be equal on both sides of a pooled convolution, got %s and %s",
        axis.paddingBefore(input),
        axis.paddingAfter(input));
    return axis.paddingBefore(input);
  }

  /** A convolution as a matrix, for flattened input. */
  static Dense matrix(Kernel kernel) {
    FeatureShape in = kernel.input();
    FeatureShape out = kernel.output();
    PlannedSize.requireMatrix(out.neurons(), in.neurons(), kernel.weights().length);
    float[] weights = new float[in.neurons() * out.neurons()];
    float[] bias = kernel.bias() == null ? null : new float[out.neurons()];
    int perChannel = out.channels() / (kernel.depthwise() ? in.channels() : out.channels());
    for (int o = 0; o < out.neurons(); o++) {
      int channel = o / out.positions();
      for (int i = 0; i < kernel.fanIn(); i++) {
        int input = kernel.depthwise() ? channel / perChannel : i;
        for (int tap = 0; tap < kernel.taps(); tap++) {
          int row =
              place(
                  kernel.window().rows(),
                  o % out.positions() / out.width(),
                  tap / kernel.window().columns().kernel(),
                  in.height());
          int column =
              place(
                  kernel.window().columns(),
                  o % out.width(),
                  tap % kernel.window().columns().kernel(),
                  in.width());
          if (row >= 0 && column >= 0) {
            weights[o * in.neurons() + (input * in.height() + row) * in.width() + column] =
                kernel.weights()[(channel * kernel.fanIn() + i) * kernel.taps() + tap];
          }
        }
      }
      if (bias != null) {
        bias[o] = kernel.bias()[channel];
      }
    }
    return new Dense(out.neurons(), in.neurons(), weights, bias);
  }

  /** The input position of a tap; −1 in the padding. */
  private static int place(Window2D.Axis axis, int output, int tap, int input) {
    int place = output * axis.stride() + tap * axis.dilation() - axis.paddingBefore(input);
    return place < input ? Math.max(place, -1) : -1;
  }
}
