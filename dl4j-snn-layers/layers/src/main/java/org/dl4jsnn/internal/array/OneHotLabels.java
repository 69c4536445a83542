package org.dl4jsnn.internal.array;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks that labels of classes have a column for each output, before a loss or a count fails. */
public final class OneHotLabels {

  private OneHotLabels() {}

  /**
   * Checks the labels of a minibatch.
   *
   * @param labels the labels; those with a time axis are not checked
   * @throws IllegalArgumentException if they have another number of columns
   */
  public static void require(INDArray labels, long outputs) {
    if (labels == null || labels.rank() > 2) {
      return;
    }
    long columns = labels.rank() == 2 ? labels.size(1) : 1;
    Require.not(
        labels.rank() != 2 || columns != outputs,
        "labels must be one-hot, [minibatch, %s], with one column for each output"
            + " of the network, got %s%s",
        outputs,
        Arrays.toString(labels.shape()),
        cause(columns, outputs));
  }

  private static String cause(long columns, long outputs) {
    return columns == 1
        ? ". Possible cause: class numbers. Make them one-hot: FeatureUtil.toOutcomeMatrix(classes, "
            + outputs
            + "), with class numbers from 0"
        : ". Possible cause: data with "
            + columns
            + " classes for a network of "
            + outputs
            + ", or class numbers from 1 that were made one-hot with a column for class 0";
  }
}
