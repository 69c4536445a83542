package org.dl4jsnn.examples.spark;

import static org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingMasterStats.PARAMETER_AVERAGING_MASTER_COUNT_RDD_TIMES_MS;
import static org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingMasterStats.PARAMETER_AVERAGING_MASTER_MAP_PARTITIONS_TIMES_MS;
import static org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingWorkerStats.PARAMETER_AVERAGING_WORKER_FIT_TIMES_MS;

import java.util.List;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.dl4jsnn.examples.support.Median;

/**
 * What the rounds of a training took.
 *
 * @param rounds how many there were
 * @param seconds the median of a round
 * @param minibatchSeconds the median of a minibatch on a worker
 * @param countSeconds the median of a job whose tasks, one a worker, do next to nothing
 */
record SparkRounds(int rounds, double seconds, double minibatchSeconds, double countSeconds) {

  private static final double MILLIS = 1000;

  static SparkRounds of(SparkTrainingStats times) {
    List<Double> rounds = seconds(times, PARAMETER_AVERAGING_MASTER_MAP_PARTITIONS_TIMES_MS);
    List<Double> fits = seconds(times, PARAMETER_AVERAGING_WORKER_FIT_TIMES_MS);
    List<Double> counts = seconds(times, PARAMETER_AVERAGING_MASTER_COUNT_RDD_TIMES_MS);
    return new SparkRounds(rounds.size(), Median.of(rounds), Median.of(fits), Median.of(counts));
  }

  private static List<Double> seconds(SparkTrainingStats times, String key) {
    return times.getValue(key).stream()
        .map(EventStats::getDurationMs)
        .map(millis -> millis / MILLIS)
        .toList();
  }
}
