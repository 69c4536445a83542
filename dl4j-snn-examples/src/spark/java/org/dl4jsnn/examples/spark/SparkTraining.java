package org.dl4jsnn.examples.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.support.OptionRules;
import org.nd4j.evaluation.classification.Evaluation;

/**
 * Trains and evaluates a network on Spark, with Deeplearning4j's parameter averaging: in a round,
 * every worker trains a copy for some minibatches, then the copies and the states of their updaters
 * are averaged.
 */
final class SparkTraining {

  private final JavaSparkContext spark;
  private final SparkDl4jMultiLayer trainer;
  private final Broadcast<Digits> images;
  private final int workers;
  private final int batch;
  private final long seed;

  /**
   * A training.
   *
   * @param workers the number of workers
   * @param averaging minibatches per worker and round
   * @param batch images per minibatch
   * @param seed the seed of the order of the images
   */
  SparkTraining(
      JavaSparkContext spark,
      MultiLayerNetwork network,
      Broadcast<Digits> images,
      int workers,
      int averaging,
      int batch,
      long seed) {
    this.spark = spark;
    this.images = images;
    this.workers = workers;
    this.batch = batch;
    this.seed = seed;
    // Deeplearning4j cannot average over workers without minibatches.
    OptionRules.within("--averaging", averaging, 1, minibatches() / workers);
    // begin rounds
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(workers, batch)
            .batchSizePerWorker(batch)
            .averagingFrequency(averaging)
            // Not the default in M2, whatever its documentation says.
            .saveUpdater(true)
            // One partition of minibatch numbers per worker: nothing to move or store.
            .repartionData(Repartition.Never)
            .storageLevelStreams(null)
            .rngSeed(seed)
            .collectTrainingStats(true)
            .build();
    trainer = new SparkDl4jMultiLayer(spark, network, master);
    // end rounds
  }

  /** Trains with all images that fill minibatches and rounds. */
  void epoch() {
    List<String> numbers = IntStream.range(0, minibatches()).mapToObj(String::valueOf).toList();
    int epoch = network().getEpochCount();
    trainer.fitPaths(
        spark.parallelize(numbers, workers), new MinibatchLoader(images, batch, seed, epoch));
  }

  /** The network's evaluation on other images, computed by all workers. */
  Evaluation evaluate(Broadcast<Digits> test) {
    return trainer.evaluate(
        spark
            .parallelize(IntStream.range(0, test.value().size()).boxed().toList(), workers)
            .map(image -> test.value().range(image, image + 1).inOrder(1).next()));
  }

  /** The network as of the last averaging. */
  MultiLayerNetwork network() {
    return trainer.getNetwork();
  }

  /** The times measured by Deeplearning4j. */
  SparkTrainingStats times() {
    return trainer.getSparkTrainingStats();
  }

  private int minibatches() {
    return images.value().size() / batch;
  }
}
