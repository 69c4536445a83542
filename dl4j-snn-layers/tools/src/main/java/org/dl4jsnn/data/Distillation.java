package org.dl4jsnn.data;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

/**
 * Mixes the probabilities of a trained network, the teacher, into the labels, so that another one
 * also learns which wrong classes are nearly right: y ← (1 − α) · y + α · p. The teacher sees the
 * features of the same minibatch, so augmentation comes first. For training only; measure accuracy
 * on plain labels.
 *
 * <pre>{@code
 * training.setPreProcessor(new Distillation(trained::output, 0.5));
 * }</pre>
 *
 * <p>Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015,
 * arXiv:1503.02531; here at temperature 1, so that the loss stays the network's own.
 *
 * @param teacher returns the probabilities [minibatch, classes, …] for features; {@code
 *     teacher::output} of a {@code MultiLayerNetwork}, {@code teacher::outputSingle} of a {@code
 *     ComputationGraph}
 * @param share α, above 0 and at most 1
 * @serial exclude
 */
public record Distillation(UnaryOperator<INDArray> teacher, double share)
    implements DataSetPreProcessor {

  /**
   * Checks the parts.
   *
   * @param teacher returns the probabilities for features
   * @param share α
   * @throws IllegalArgumentException if the share is not above 0, or is greater than 1
   */
  public Distillation {
    Require.given("teacher", teacher);
    Require.not(!(share > 0 && share <= 1), "share must be above 0 and at most 1, got %s", share);
  }

  /**
   * Gives a minibatch mixed labels; the array of the plain ones stays as it is.
   *
   * @param minibatch labels [minibatch, classes, …]
   * @throws IllegalArgumentException if the teacher's probabilities do not have the shape of the
   *     labels
   */
  @Override
  public void preProcess(DataSet minibatch) {
    INDArray labels = minibatch.getLabels();
    INDArray taught = teacher.apply(minibatch.getFeatures());
    Require.not(
        !taught.equalShapes(labels),
        "teacher must return probabilities of the labels' shape %s, got %s. Possible cause: it was"
            + " trained for other classes",
        Arrays.toString(labels.shape()),
        Arrays.toString(taught.shape()));
    minibatch.setLabels(labels.mul(1 - share).addi(taught.mul(share)));
  }
}
