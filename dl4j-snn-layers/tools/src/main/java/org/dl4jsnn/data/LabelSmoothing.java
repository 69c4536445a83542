package org.dl4jsnn.data;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

/**
 * Spreads a share of every label evenly over all classes, so that the network does not become
 * overconfident: y ← (1 − ε) · y + ε / classes. For training only; measure accuracy on plain
 * labels.
 *
 * <pre>{@code
 * training.setPreProcessor(new LabelSmoothing(0.1));
 * }</pre>
 *
 * <p>Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR
 * 2016, doi 10.1109/CVPR.2016.308.
 *
 * @param share ε, at least 0 and below 1; 0.1 is usual
 * @serial exclude
 */
public record LabelSmoothing(double share) implements DataSetPreProcessor {

  /**
   * Checks the share.
   *
   * @param share ε
   * @throws IllegalArgumentException if the share is negative, or 1 or more
   */
  public LabelSmoothing {
    Require.not(!(share >= 0 && share < 1), "share must be at least 0 and below 1, got %s", share);
  }

  /**
   * Gives a minibatch smoothed labels; the array of the plain ones stays as it is.
   *
   * @param minibatch labels [minibatch, classes, …], at least two classes
   * @throws IllegalArgumentException if labels have one column, which is a class number or the
   *     answer to a question
   */
  @Override
  public void preProcess(DataSet minibatch) {
    INDArray labels = minibatch.getLabels();
    Require.not(
        labels.rank() < 2 || labels.size(1) < 2,
        "labels must be [minibatch, classes, …] with at least 2 classes to be smoothed, got %s."
            + " Possible cause: numbers of classes, or a single output",
        Arrays.toString(labels.shape()));
    // Some iterators hand out views of arrays that they show again in the next epoch.
    minibatch.setLabels(labels.mul(1 - share).addi(share / labels.size(1)));
  }
}
