package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.nir.network.LinearMap.Pooled;
import org.dl4jsnn.nir.network.LinearMap.Scaled;
import org.dl4jsnn.spike.FeatureShape;

/** Linear nodes as maps of their input. */
final class LinearNodes {

  private static final NirWeights.Axis STILL = new NirWeights.Axis(1, 0, 1);

  private LinearNodes() {}

  /**
   * A node after a term.
   *
   * @param first whether this is the first of several terms, which receives the node's bias
   */
  static Term behind(Term term, String name, NirNode node, boolean first) {
    if (node instanceof NirWeights.Linear linear) {
      return Composition.affine(term, linear.weight(), null);
    }
    if (node instanceof NirWeights.Affine affine) {
      return Composition.affine(term, affine.weight(), first ? bias(affine.bias()) : null);
    }
    if (node instanceof NirWeights.Scale scale) {
      return Composition.scaled(term, scale.scale().values());
    }
    if (node instanceof NirWeights.Conv2d convolution) {
      return image(term, convolution, first);
    }
    if (node instanceof NirWeights.Conv1d convolution) {
      return row(term, convolution, first);
    }
    if (node instanceof NirPlumbing.SumPool2d pool) {
      return pooled(term, name, window(pool.rows(), pool.columns()), false);
    }
    if (node instanceof NirPlumbing.AvgPool2d pool) {
      return pooled(term, name, window(pool.rows(), pool.columns()), true);
    }
    if (node instanceof NirPlumbing.Flatten flatten) {
      return Composition.flattened(term, flatten.startDim(), flatten.endDim());
    }
    throw new IllegalArgumentException(
        "nodes here must have an equivalent layer, got " + node.type() + "; NirSimulation runs it");
  }

  private static float[] bias(NirTensor bias) {
    return bias == null ? null : bias.values();
  }

  private static Term image(Term term, NirWeights.Conv2d node, boolean first) {
    requireRank(term, 3, "[channels, height, width]");
    FeatureShape input = Term.feature(term.shape());
    requireSize("rows", node.inputHeight(), input.height());
    requireSize("columns", node.inputWidth(), input.width());
    Window2D window =
        NodeConvolutions.window(
            node.rows(), node.weight().size(2), node.columns(), node.weight().size(3));
    FeatureShape output = window.outputShape(input, node.weight().size(0));
    int[] shape = {output.channels(), output.height(), output.width()};
    return convolution(
        term, window, node.groups(), node.weight(), first ? bias(node.bias()) : null, shape);
  }

  private static Term row(Term term, NirWeights.Conv1d node, boolean first) {
    requireRank(term, 2, "[channels, positions]");
    FeatureShape input = Term.feature(term.shape());
    requireSize("positions", node.inputLength(), input.width());
    NirWeights.Axis still =
        node.axis().padding() == NirWeights.Axis.SAME
            ? new NirWeights.Axis(1, NirWeights.Axis.SAME, 1)
            : STILL;
    Window2D window = NodeConvolutions.window(still, 1, node.axis(), node.weight().size(2));
    FeatureShape output = window.outputShape(input, node.weight().size(0));
    int[] shape = {output.channels(), output.width()};
    return convolution(
        term, window, node.groups(), node.weight(), first ? bias(node.bias()) : null, shape);
  }

  private static void requireRank(Term term, int rank, String axes) {
    if (term.shape().length != rank) {
      throw new IllegalArgumentException(
          "the input must be " + axes + ", got " + Arrays.toString(term.shape()));
    }
  }

  /** Zero if the file does not say. */
  private static void requireSize(String axis, int said, int actual) {
    if (said != 0 && said != actual) {
      throw new IllegalArgumentException(
          "its input must have " + said + " " + axis + ", as the node says, got " + actual);
    }
  }

  private static Window2D window(NirPlumbing.Window rows, NirPlumbing.Window columns) {
    if (rows.padding() != 0 || columns.padding() != 0) {
      throw new IllegalArgumentException(
          "padding of pooling must be 0, got " + rows.padding() + " and " + columns.padding());
    }
    return new Window2D(
        new Window2D.Axis(rows.kernel(), rows.stride(), 0, 1, false),
        new Window2D.Axis(columns.kernel(), columns.stride(), 0, 1, false));
  }

  /** A convolution after spikes or after factors of channels. */
  private static Term convolution(
      Term term, Window2D window, int groups, NirTensor weight, float[] bias, int[] shape) {
    FeatureShape input = Term.feature(term.shape());
    Kernel kernel =
        NodeConvolutions.of(window, groups, weight.values(), weight.size(0), bias, input);
    if (term.map() instanceof Scaled scaled) {
      return term.with(shape, behind(Composition.ofChannels(scaled.factors(), input), kernel));
    }
    Require.not(
        !term.isIdentity(),
        "a convolution must come after an input, neurons or pooling; it cannot be converted"
            + " after other weights without neurons in between");
    return term.with(shape, kernel);
  }

  private static Kernel behind(float[] factors, Kernel kernel) {
    float[] weights = kernel.weights().clone();
    int perInput = kernel.output().channels() / kernel.input().channels();
    for (int i = 0; i < weights.length; i++) {
      int map = i / kernel.taps();
      int channel = kernel.depthwise() ? map / perInput : map % kernel.fanIn();
      weights[i] *= factors[channel];
    }
    return new Kernel(
        kernel.window(),
        kernel.depthwise(),
        weights,
        kernel.bias(),
        kernel.input(),
        kernel.output());
  }

  /** Sums or averages of windows after a map. */
  private static Term pooled(Term term, String node, Window2D window, boolean average) {
    if (term.shape().length != 3) {
      throw new IllegalArgumentException(
          "pooled input must be [channels, height, width], got " + Arrays.toString(term.shape()));
    }
    FeatureShape input = Term.feature(term.shape());
    FeatureShape output = window.outputShape(input, input.channels());
    float factor = average ? 1f / (window.rows().kernel() * window.columns().kernel()) : 1;
    float[] factors = new float[input.channels()];
    Arrays.fill(factors, factor);
    LinearMap map = new Pooled(node, window, factors, average, output);
    if (term.map() instanceof Scaled scaled) {
      float[] product =
          Composition.columns(Composition.ofChannels(scaled.factors(), input), factors);
      map = new Pooled(node, window, product, false, output);
    } else if (term.map() instanceof Kernel kernel) {
      map = KernelProducts.pooled(kernel, window, average);
    }
    return term.with(new int[] {output.channels(), output.height(), output.width()}, map);
  }
}
