package org.dl4jsnn.convert;

/** Which stages give nothing below 0, as firing rates are. */
final class Nonnegative {

  private Nonnegative() {}

  static boolean is(Stage stage) {
    return stage instanceof Stage.Rectifier
        || (stage instanceof Stage.Pooling
                || stage instanceof Stage.GlobalPooling
                || stage instanceof Stage.Padding
                || stage instanceof Stage.Sum
                || stage instanceof Stage.Concatenation)
            && stage.inputs().stream().allMatch(Nonnegative::is);
  }
}
