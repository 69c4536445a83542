package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A weighted sum of activations, not yet passed to neurons (equation 71 of docs/mathematics.md).
 * All terms have the same number of outputs.
 */
record Form(List<Term> terms) {

  /**
   * A linear map of one activation: a kernel that slides over rows and columns, or a full
   * connection, for which both are null. The multiplier is that of a depthwise convolution, else 0.
   */
  record Term(Signal signal, LinearWeights weights, Axis rows, Axis columns, int multiplier) {

    boolean isConvolution() {
      return rows != null;
    }

    int height() {
      return rows.outputSize(signal.train().height());
    }

    int width() {
      return columns.outputSize(signal.train().width());
    }

    private Term with(LinearWeights other, int ofDepthwise) {
      return new Term(signal, other, rows, columns, ofDepthwise);
    }

    private boolean isPointwise() {
      FeatureShape train = signal.train();
      return isConvolution()
          ? rows.stride() == 1
              && columns.stride() == 1
              && height() == train.height()
              && width() == train.width()
          : !train.spatial();
    }
  }

  static Form of(Term term) {
    return new Form(List.of(term));
  }

  /** An unchanged activation. */
  static Form identity(Signal signal) {
    Axis axis = signal.train().spatial() ? Axis.POINT : null;
    return of(new Term(signal, LinearWeights.identity(signal.channels().length), axis, axis, 0));
  }

  int outputs() {
    return terms.get(0).weights().outputs();
  }

  /** Turns y into f · y + s; s is added once, whatever the number of terms. */
  Form then(double[] factors, double[] shifts) {
    List<Term> scaled = new ArrayList<>();
    for (Term term : terms) {
      double[] added = scaled.isEmpty() ? shifts : new double[shifts.length];
      scaled.add(term.with(term.weights().then(factors, added), term.multiplier()));
    }
    return new Form(scaled);
  }

  /** Both signs of every output: turns y into (y, −y). */
  Form withOpposites() {
    return new Form(
        terms.stream().map(term -> term.with(term.weights().withOpposites(), 0)).toList());
  }

  /** Whether every output position reads the same input position. */
  boolean isPointwise() {
    return terms.stream().allMatch(Term::isPointwise);
  }

  /** Whether one kernel can do the same as those of all terms. */
  boolean hasCommonKernel() {
    List<Term> kernels = terms.stream().filter(Term::isConvolution).toList();
    if (kernels.isEmpty()) {
      return true;
    }
    FeatureShape train = kernels.get(0).signal().train();
    return Axis.common(kernels.stream().map(Term::rows).toList(), train.height()).isPresent()
        && Axis.common(kernels.stream().map(Term::columns).toList(), train.width()).isPresent();
  }

  Form plus(Form other) {
    List<Term> all = new ArrayList<>(terms);
    all.addAll(other.terms);
    return new Form(all);
  }
}
