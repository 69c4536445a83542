package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.evaluation.classification.Evaluation;

/**
 * The result of a training.
 *
 * @param network the network after the last minibatch, not the one of the best epoch
 * @param isStopped whether it was stopped on request before its end
 * @param isOutOfPatience whether it ended because the patience ran out
 * @param epochsWithoutBetter epochs since the best accuracy on the held-out samples
 * @param minibatches completed minibatches of an unfinished epoch; 0 after the end of an epoch
 * @param rows the completed epochs, including those of earlier runs
 * @param evaluation on the test samples, after the last epoch; empty if this run completed no epoch
 * @param best the model chosen on the held-out samples; empty without held-out samples
 * @param average the file of the network with averaged weights; empty without averaging, and before
 *     the end of the first epoch
 * @param <M> the type of network
 */
public record TrainingResult<M extends Model>(
    M network,
    boolean isStopped,
    boolean isOutOfPatience,
    int epochsWithoutBetter,
    int minibatches,
    List<EpochRow> rows,
    Optional<Evaluation> evaluation,
    Optional<Best> best,
    Optional<Path> average) {

  /**
   * The model with the best accuracy on the held-out samples.
   *
   * @param file where it is saved
   * @param accuracy its accuracy on them, from 0 to 1
   */
  public record Best(Path file, double accuracy) {}
}
