package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.nir.network.LinearMap.Pooled;
import org.dl4jsnn.nir.network.LinearMap.Scaled;
import org.dl4jsnn.spike.FeatureShape;

/** A linear node over positions after a linear map: one linear map. */
final class ImageComposition {

  private ImageComposition() {}

  /** A convolution after spikes or after factors of channels. */
  static Term convolution(
      Term term, Window2D window, int groups, NirTensor weight, float[] bias, int[] shape) {
    FeatureShape input = Term.feature(term.shape());
    Kernel kernel =
        NodeConvolutions.of(window, groups, weight.values(), weight.size(0), bias, input);
    if (term.map() instanceof Scaled scaled) {
      return term.with(shape, behind(Composition.ofChannels(scaled.factors(), input), kernel));
    }
    if (!term.isIdentity()) {
      throw new IllegalArgumentException(
          "a convolution must come after an input, neurons or pooling; it cannot be converted "
              + "after other weights without neurons in between");
    }
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
  static Term pooled(Term term, String node, Window2D window, boolean average) {
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
