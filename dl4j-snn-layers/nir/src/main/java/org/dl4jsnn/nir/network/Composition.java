package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Identity;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.nir.network.LinearMap.Pooled;
import org.dl4jsnn.nir.network.LinearMap.Scaled;
import org.dl4jsnn.spike.FeatureShape;

/** A linear node after a linear map: one linear map. */
final class Composition {

  private Composition() {}

  /** A matrix after a map to a vector. */
  static Term affine(Term term, NirTensor weight, float[] bias) {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException(
          "weights must be [nOut, nIn], got a " + weight + ". Parallel maps cannot be converted");
    }
    int nOut = weight.size(0);
    int nIn = weight.size(1);
    Require.not(
        term.shape().length != 1 || term.shape()[0] != nIn,
        "the input must be [%s], as many as the weights have columns, got %s. Possible cause: a"
            + " missing Flatten",
        nIn,
        Arrays.toString(term.shape()));
    float[] w = weight.values();
    float[] b = LinearMap.orNull(bias);
    LinearMap map = new Dense(nOut, nIn, w, b);
    if (term.map() instanceof Scaled scaled) {
      map = new Dense(nOut, nIn, columns(w, scaled.factors()), b);
    } else if (term.map() instanceof Dense first) {
      map = product(w, b, nOut, first);
    }
    return term.with(new int[] {nOut}, map);
  }

  static float[] columns(float[] weights, float[] factors) {
    float[] scaled = weights.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factors[i % factors.length];
    }
    return scaled;
  }

  private static Dense product(float[] w, float[] b, int nOut, Dense first) {
    PlannedSize.requireMatrix(nOut, first.nIn(), (long) w.length + first.weights().length);
    float[] weights = new float[nOut * first.nIn()];
    float[] bias = new float[nOut];
    for (int o = 0; o < nOut; o++) {
      double sum = b == null ? 0 : b[o];
      for (int k = 0; k < first.nOut() && first.bias() != null; k++) {
        sum += (double) w[o * first.nOut() + k] * first.bias()[k];
      }
      bias[o] = (float) sum;
      for (int i = 0; i < first.nIn(); i++) {
        double product = 0;
        for (int k = 0; k < first.nOut(); k++) {
          product += (double) w[o * first.nOut() + k] * first.weights()[k * first.nIn() + i];
        }
        weights[o * first.nIn() + i] = (float) product;
      }
    }
    return new Dense(nOut, first.nIn(), weights, LinearMap.orNull(bias));
  }

  /** Factors after a map, one per output value. */
  static Term scaled(Term term, float[] factors) {
    int length = term.length();
    Require.not(
        factors.length != length,
        "factors must have the shape of the input, %s, got %s numbers",
        Arrays.toString(term.shape()),
        factors.length);
    return term.with(term.shape(), scaled(term.map(), factors));
  }

  private static LinearMap scaled(LinearMap map, float[] factors) {
    if (map instanceof Scaled first) {
      return simplest(columns(first.factors(), factors));
    }
    if (map instanceof Dense first) {
      return new Dense(
          first.nOut(),
          first.nIn(),
          rows(first.weights(), factors, first.nIn()),
          first.bias() == null ? null : rows(first.bias(), factors, 1));
    }
    if (map instanceof Kernel first) {
      float[] ofChannels = ofChannels(factors, first.output());
      return new Kernel(
          first.window(),
          first.depthwise(),
          rows(first.weights(), ofChannels, first.fanIn() * first.taps()),
          first.bias() == null ? null : rows(first.bias(), ofChannels, 1),
          first.input(),
          first.output());
    }
    if (map instanceof Pooled first) {
      return new Pooled(
          first.node(),
          first.window(),
          columns(first.factors(), ofChannels(factors, first.output())),
          first.average() && isOne(factors),
          first.output());
    }
    return simplest(factors);
  }

  private static LinearMap simplest(float[] factors) {
    return isOne(factors) ? new Identity() : new Scaled(factors);
  }

  static boolean isOne(float[] factors) {
    for (float factor : factors) {
      if (factor != 1) {
        return false;
      }
    }
    return true;
  }

  private static float[] rows(float[] weights, float[] factors, int perRow) {
    float[] scaled = weights.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factors[i / perRow];
    }
    return scaled;
  }

  /** One value per channel, which must be the same at all its positions. */
  static float[] ofChannels(float[] values, FeatureShape shape) {
    float[] channels = new float[shape.channels()];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = values[firstOf(i, at -> values[at], shape)];
    }
    return channels;
  }

  /** The same in double precision. */
  static double[] ofChannels(double[] values, FeatureShape shape) {
    return IntStream.range(0, shape.channels())
        .mapToDouble(channel -> values[firstOf(channel, at -> values[at], shape)])
        .toArray();
  }

  private static int firstOf(int channel, IntToDoubleFunction values, FeatureShape shape) {
    int first = channel * shape.positions();
    for (int i = first; i < first + shape.positions(); i++) {
      if (values.applyAsDouble(i) != values.applyAsDouble(first)) {
        throw new IllegalArgumentException(
            "numbers must be the same at all positions of a channel, got "
                + values.applyAsDouble(first)
                + " and "
                + values.applyAsDouble(i)
                + " in channel "
                + channel);
      }
    }
    return first;
  }

  /** The same values flattened. */
  static Term flattened(Term term, int startDim, int endDim) {
    int rank = term.shape().length;
    int start = startDim < 0 ? startDim + rank : startDim;
    int end = endDim < 0 ? endDim + rank : endDim;
    if (start == end) {
      return term;
    }
    Require.not(
        start != 0 || end != rank - 1,
        "all axes must be flattened, or none, of %s, got those from %s to %s",
        Arrays.toString(term.shape()),
        startDim,
        endDim);
    LinearMap map =
        term.map() instanceof Kernel kernel ? KernelProducts.matrix(kernel) : term.map();
    return term.with(new int[] {Require.atLeast("values", term.length(), 1)}, map);
  }

  /** A map to a vector, as a matrix. */
  static Dense dense(Term term) {
    if (term.map() instanceof Dense dense) {
      return dense;
    }
    if (term.map() instanceof Kernel kernel) {
      return KernelProducts.matrix(kernel);
    }
    return diagonal(
        term.map() instanceof Scaled scaled ? scaled.factors() : new float[] {1}, term.length());
  }

  private static Dense diagonal(float[] factors, int length) {
    PlannedSize.requireMatrix(length, length, 0);
    float[] weights = new float[length * length];
    for (int i = 0; i < length; i++) {
      weights[i * length + i] = factors[i % factors.length];
    }
    return new Dense(length, length, weights, null);
  }
}
