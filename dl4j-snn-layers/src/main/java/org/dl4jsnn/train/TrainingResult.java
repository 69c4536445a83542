package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.evaluation.classification.Evaluation;

/**
 * What came of a training.
 *
 * @param network the network as the training left it, which is not that of the best epoch
 * @param isStopped whether it was stopped on request, before its end
 * @param isOutOfPatience whether no better model has come for long
 * @param epochsWithoutBetter epochs since the accuracy on the samples held out was better than ever
 *     before
 * @param minibatches minibatches done of an epoch that is begun; 0 after the end of an epoch
 * @param rows the epochs done, those of earlier runs included
 * @param evaluation on the test samples, after the last epoch; empty where this run ended none
 * @param best the model chosen on the samples held out; empty where there are none
 * @param average the file of the network with averaged weights; empty where none are averaged, and
 *     before the end of an epoch
 * @param <M> the kind of network
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
   * A result; the rows are copied.
   *
   * @param network the network as the training left it, which is not that of the best epoch
   * @param isStopped whether it was stopped on request, before its end
   * @param isOutOfPatience whether no better model has come for long
   * @param epochsWithoutBetter epochs since the accuracy on the samples held out was better than
   *     ever before
   * @param minibatches minibatches done of an epoch that is begun; 0 after the end of an epoch
   * @param rows the epochs done, those of earlier runs included
   * @param evaluation on the test samples, after the last epoch; empty where this run ended none
   * @param best the model chosen on the samples held out; empty where there are none
   * @param average the file of the network with averaged weights; empty where there is none
   */
  public TrainingResult {
    rows = List.copyOf(rows);
  }

  /**
   * The model that did best on the samples held out.
   *
   * @param file where it lies
   * @param accuracy its accuracy on them, from 0 to 1
   */
  public record Best(Path file, double accuracy) {}
}
