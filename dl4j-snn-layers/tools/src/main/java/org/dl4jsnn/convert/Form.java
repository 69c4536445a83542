package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;

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
      scaled.add(
          new Term(
              term.signal(),
              term.weights().then(factors, added),
              term.rows(),
              term.columns(),
              term.multiplier()));
    }
    return new Form(scaled);
  }

  /** Both signs of every output: turns y into (y, −y). */
  Form withOpposites() {
    return new Form(
        terms.stream()
            .map(
                term ->
                    new Term(
                        term.signal(),
                        term.weights().withOpposites(),
                        term.rows(),
                        term.columns(),
                        0))
            .toList());
  }

  Form plus(Form other) {
    List<Term> all = new ArrayList<>(terms);
    all.addAll(other.terms);
    return new Form(all);
  }
}
