package org.dl4jsnn.convert;

/** Stages without negative outputs, like firing rates. */
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
