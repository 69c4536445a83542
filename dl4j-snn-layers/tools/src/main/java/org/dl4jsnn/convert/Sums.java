package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.dl4jsnn.spike.FeatureShape;

/** Sums that may have negative values, as at the end of a residual block. */
record Sums(Function<Stage, Form> form, Function<Stage, Signal> signal) {

  /**
   * A sum as one form whose terms fit one layer. A branch that does not fit, such as a shortcut
   * with a different stride, first gets its own neurons; so do all branches if their kernels have
   * no common one, as with different dilations.
   */
  Form of(Stage stage) {
    List<Form> forms = new ArrayList<>();
    for (Stage input : stage.inputs()) {
      Form branch = form.apply(input);
      forms.add(isPointwise(branch) ? branch : Form.identity(signal.apply(input)));
    }
    Form sum = forms.stream().reduce(Form::plus).orElseThrow();
    return haveCommonKernel(sum)
        ? sum
        : stage.inputs().stream()
            .map(input -> Form.identity(signal.apply(input)))
            .reduce(Form::plus)
            .orElseThrow();
  }

  private static boolean haveCommonKernel(Form sum) {
    List<Form.Term> kernels = sum.terms().stream().filter(Form.Term::isConvolution).toList();
    if (kernels.isEmpty()) {
      return true;
    }
    FeatureShape train = kernels.get(0).signal().train();
    return Axis.common(kernels.stream().map(Form.Term::rows).toList(), train.height()).isPresent()
        && Axis.common(kernels.stream().map(Form.Term::columns).toList(), train.width())
            .isPresent();
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
