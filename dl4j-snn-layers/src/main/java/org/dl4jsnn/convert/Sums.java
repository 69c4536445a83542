package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Sums of which some values may be negative, as at the end of a residual block. */
record Sums(Function<Stage, Form> form, Function<Stage, Signal> signal) {

  /**
   * A sum as one form, whose terms one layer can have. A branch that does not fit, such as a
   * shortcut with a stride of its own, gets neurons of its own first.
   */
  Form of(Stage stage) {
    List<Form> forms = new ArrayList<>();
    for (Stage input : stage.inputs()) {
      Form branch = form.apply(input);
      forms.add(isPointwise(branch) ? branch : Form.identity(signal.apply(input)));
    }
    return forms.stream().reduce(Form::plus).orElseThrow();
  }

  /** Whether every place of the output is that of the input in the same place. */
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
