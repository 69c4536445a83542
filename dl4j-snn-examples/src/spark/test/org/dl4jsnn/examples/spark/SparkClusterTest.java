package org.dl4jsnn.examples.spark;

import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

/** Training with master and workers as separate processes. */
@EnabledOnJre(JRE.JAVA_17)
class SparkClusterTest {

  private static final int WORKERS = 2;
  private static final int EPOCHS = 2;
  private static final int ROUNDS = 10;
  private static final Digits TRAINING = MnistFiles.embedded().training().range(0, 3200);
  private static final Digits TEST = MnistFiles.embedded().test().range(0, 500);

  private static Trained here;

  @TempDir private Path folder;
  private LoopbackCluster cluster;

  @BeforeAll
  static void trainInThisProcess() {
    here = train(null, new SparkListener() {});
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    cluster = new LoopbackCluster(folder, WORKERS);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldLearnOnAClusterWhatItLearnsInOneProcess() {
    Trained there = train(cluster.master(), new SparkListener() {});
    assertEquals(here.network().params(), there.network().params());
    assertEquals(here.accuracy(), there.accuracy());
    assertTrue(there.accuracy() > 0.8, "accuracy " + there.accuracy());
    assertEquals(1 + WORKERS, there.processes());
  }

  @Test
  void shouldFinishThoughAWorkerIsKilled() {
    Trained there = train(cluster.master(), new KillInTheMiddle());
    assertEquals(here.network().params(), there.network().params());
    assertEquals(here.accuracy(), there.accuracy());
    assertEquals(WORKERS, there.processes());
  }

  /** The result of a training, and the number of processes left at its end. */
  private record Trained(MultiLayerNetwork network, double accuracy, int processes) {}

  private static Trained train(String master, SparkListener listener) {
    Map<String, String> loopback =
        Map.of("spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext spark = SparkContexts.open(master, WORKERS, loopback)) {
      MultiLayerNetwork network =
          SpikingNetworks.lenet5()
              .layers("8C5-AP2-16C5-AP2-50")
              .steps(8)
              .updater(new Adam(2e-3))
              .init();
      SparkTraining training =
          new SparkTraining(spark, network, spark.broadcast(TRAINING), WORKERS, 5, 32, 1);
      spark.sc().addSparkListener(listener);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        training.epoch();
      }
      double accuracy = training.evaluate(spark.broadcast(TEST)).accuracy();
      return new Trained(network, accuracy, spark.sc().statusTracker().getExecutorInfos().length);
    }
  }

  /** Kills a worker after half the rounds, while the next one starts. */
  private final class KillInTheMiddle extends SparkListener {

    private final AtomicInteger ended = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (ended.incrementAndGet() == EPOCHS * ROUNDS * WORKERS / 2) {
        cluster.killWorker(1);
      }
    }
  }
}
