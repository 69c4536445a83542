package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Sums that may have negative values, as at the end of a residual block. */
record Sums(Function<Stage, Form> form, Function<Stage, Signal> signal) {

  /**
   * A sum as one form whose terms fit one layer. A branch that does not fit, such as a shortcut
   * with a different stride, first gets its own neurons.
   */
  Form of(Stage stage) {
    List<Form> forms = new ArrayList<>();
    for (Stage input : stage.inputs()) {
      Form branch = form.apply(input);
      forms.add(isPointwise(branch) ? branch : Form.identity(signal.apply(input)));
    }
    return forms.stream().reduce(Form::plus).orElseThrow();
  }

  /** Whether every output position reads the same input position. */
  private static boolean isPointwise(Form branch) {
    return branch.terms().stream()
        .allMatch(
            term -> term.isConvolution() ? isPointwise(term) : !term.signal().train().spatial());
  }

  private static boolean isPointwise(Form.Term term) {
    return term.rows().stride() == 1
        && term.columns().stride() == 1
        && term.height() == term.signal().train().height()
        && term.width() == term.signal().train().width();
  }
}
