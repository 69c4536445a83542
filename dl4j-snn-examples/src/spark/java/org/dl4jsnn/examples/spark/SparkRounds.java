package org.dl4jsnn.examples.spark;

import static org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingMasterStats.PARAMETER_AVERAGING_MASTER_COUNT_RDD_TIMES_MS;
import static org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingMasterStats.PARAMETER_AVERAGING_MASTER_MAP_PARTITIONS_TIMES_MS;
import static org.deeplearning4j.spark.impl.paramavg.stats.ParameterAveragingTrainingWorkerStats.PARAMETER_AVERAGING_WORKER_FIT_TIMES_MS;

import java.util.List;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.dl4jsnn.examples.support.Median;

/**
 * The duration of a training's rounds.
 *
 * @param rounds the number of rounds
 * @param seconds the median duration of a round
 * @param minibatchSeconds the median duration of a minibatch on a worker
 * @param countSeconds the median duration of a job with one almost empty task per worker
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
