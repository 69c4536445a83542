package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.spike.FeatureShape;

/** Several terms that reach the same neurons, as one map of concatenated spikes. */
final class TermSum {

  private TermSum() {}

  /** Whether the spikes of all terms have one height and width, and their kernels one window. */
  static boolean fits(List<Term> terms) {
    FeatureShape one = terms.get(0).train();
    boolean isOneSize =
        terms.stream()
            .map(Term::train)
            .allMatch(
                train ->
                    train.spatial() == one.spatial()
                        && train.height() == one.height()
                        && train.width() == one.width());
    if (!isOneSize || terms.get(0).shape().length == 1) {
      return isOneSize;
    }
    List<Kernel> kernels = terms.stream().map(TermSum::kernel).toList();
    Window2D window = largest(kernels).window();
    return kernels.stream().allMatch(kernel -> NodeConvolutions.fits(kernel, window));
  }

  private static Kernel largest(List<Kernel> kernels) {
    return kernels.stream().reduce((a, b) -> b.taps() > a.taps() ? b : a).orElseThrow();
  }

  /**
   * One map of the spikes of all terms, which must {@link #fits fit}, with concatenated channels.
   */
  static Term of(List<Term> terms, String concatenation) {
    Set<String> parts = new LinkedHashSet<>();
    terms.forEach(term -> parts.add(term.part()));
    if (parts.size() != terms.size()) {
      throw new IllegalArgumentException(
          "neurons must be reached once from each layer, got several paths from one of " + parts);
    }
    Term first = terms.get(0);
    boolean isVector = first.shape().length == 1;
    LinearMap map = isVector ? rows(terms) : kernels(terms);
    int channels = terms.stream().mapToInt(term -> term.train().channels()).sum();
    FeatureShape one = first.train();
    FeatureShape train =
        one.spatial()
            ? FeatureShape.image(channels, one.height(), one.width())
            : FeatureShape.vector(channels);
    return new Term(concatenation, train, first.shape(), map);
  }

  private static Dense rows(List<Term> terms) {
    int nOut = terms.get(0).length();
    long inputs = terms.stream().mapToLong(term -> term.train().neurons()).sum();
    PlannedSize.requireMatrix(nOut, inputs, PlannedSize.numbers(terms));
    List<Dense> maps = terms.stream().map(Composition::dense).toList();
    int nIn = (int) inputs;
    float[] weights = new float[nOut * nIn];
    float[] bias = new float[nOut];
    int column = 0;
    for (Dense map : maps) {
      for (int o = 0; o < nOut; o++) {
        System.arraycopy(map.weights(), o * map.nIn(), weights, o * nIn + column, map.nIn());
      }
      add(map.bias(), bias);
      column += map.nIn();
    }
    return new Dense(nOut, nIn, weights, LinearMap.orNull(bias));
  }

  private static void add(float[] more, float[] bias) {
    for (int i = 0; more != null && i < bias.length; i++) {
      bias[i] += more[i];
    }
  }

  private static Kernel kernels(List<Term> terms) {
    long taps = terms.stream().mapToLong(TermSum::taps).max().orElseThrow();
    long inputs = terms.stream().mapToLong(term -> term.train().channels()).sum();
    PlannedSize.requireMatrix(
        Term.feature(terms.get(0).shape()).channels(),
        Math.multiplyExact(inputs, taps),
        PlannedSize.numbers(terms));
    List<Kernel> given = terms.stream().map(TermSum::kernel).toList();
    Kernel largest = largest(given);
    List<Kernel> kernels = new ArrayList<>();
    given.forEach(
        each ->
            kernels.add(NodeConvolutions.full(NodeConvolutions.inWindow(each, largest.window()))));
    Kernel first = kernels.get(0);
    int nIn = kernels.stream().mapToInt(Kernel::fanIn).sum();
    int nOut = first.output().channels();
    float[] weights = new float[nOut * nIn * first.taps()];
    float[] bias = new float[nOut];
    int channel = 0;
    for (Kernel kernel : kernels) {
      int length = kernel.fanIn() * first.taps();
      for (int o = 0; o < nOut; o++) {
        int to = (o * nIn + channel) * first.taps();
        System.arraycopy(kernel.weights(), o * length, weights, to, length);
      }
      add(kernel.bias(), bias);
      channel += kernel.fanIn();
    }
    FeatureShape input = FeatureShape.image(nIn, first.input().height(), first.input().width());
    return new Kernel(
        first.window(), false, weights, LinearMap.orNull(bias), input, first.output());
  }

  /** The taps of a map to an image as a convolution. */
  private static long taps(Term term) {
    if (term.map() instanceof Kernel kernel) {
      return kernel.taps();
    }
    return term.map() instanceof LinearMap.Pooled pooled
        ? (long) pooled.window().rows().kernel() * pooled.window().columns().kernel()
        : 1;
  }

  /** A map to an image, as a convolution. */
  static Kernel kernel(Term term) {
    FeatureShape shape = Term.feature(term.shape());
    if (term.map() instanceof Kernel kernel) {
      return kernel;
    }
    if (term.map() instanceof LinearMap.Pooled pooled) {
      return NodeConvolutions.diagonal(term.train(), pooled.window(), pooled.factors());
    }
    float[] factors =
        term.map() instanceof LinearMap.Scaled scaled
            ? Composition.ofChannels(scaled.factors(), shape)
            : ones(shape);
    return NodeConvolutions.diagonal(shape, NodeConvolutions.pointwise(), factors);
  }

  private static float[] ones(FeatureShape shape) {
    float[] ones = new float[shape.channels()];
    Arrays.fill(ones, 1);
    return ones;
  }
}
