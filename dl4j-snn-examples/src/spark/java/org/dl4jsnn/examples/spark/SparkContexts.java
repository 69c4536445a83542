package org.dl4jsnn.examples.spark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.spark.time.SystemClockTimeSource;
import org.dl4jsnn.examples.support.UserError;

/** Opens Spark for workers with one core each. */
final class SparkContexts {

  /** The Java version that both Spark 3.1 and this project support. */
  private static final int JAVA = 17;

  private static final String LOOPBACK = "127.0.0.1";

  private SparkContexts() {}

  /**
   * Opens Spark.
   *
   * @param master spark://HOST:PORT, or null for workers in this process
   * @param workers the number of workers
   * @param settings Spark settings, which override those chosen here
   * @throws UserError if Java is not the one that Spark needs, or Spark does not start
   */
  static JavaSparkContext open(String master, int workers, Map<String, String> settings) {
    requireJava(Runtime.version().feature());
    // Otherwise Deeplearning4j asks a time server on the internet.
    System.setProperty(DL4JSystemProperties.TIMESOURCE_CLASSNAME_PROPERTY, timeSource());
    SparkConf conf = new SparkConf().setAppName("dl4j-snn");
    conf.setMaster(master == null ? "local[" + workers + "]" : master);
    if (master == null) {
      conf.set("spark.driver.host", LOOPBACK).set("spark.driver.bindAddress", LOOPBACK);
    }
    conf.set("spark.ui.enabled", "false")
        .set("spark.cores.max", String.valueOf(workers))
        // Otherwise the first executor gets all the work.
        .set("spark.scheduler.minRegisteredResourcesRatio", "1")
        // Otherwise the results of a round with many workers are refused.
        .set("spark.driver.maxResultSize", "0")
        .set("spark.executor.extraJavaOptions", executorOptions())
        .setExecutorEnv("OMP_NUM_THREADS", "1");
    settings.forEach(conf::set);
    try {
      return new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      throw new UserError(
          "Cannot use Spark at "
              + conf.get("spark.master")
              + ": "
              + e
              + ". Possible cause: no master listens there, it has another Spark version, or its "
              + "workers cannot start Java (see their logs)",
          e);
    }
  }

  /** Refuses a Java that Spark cannot run on. */
  static void requireJava(int feature) {
    if (feature != JAVA) {
      throw new UserError(
          String.format(
              "The example spark must run on Java %d, got %d. Possible cause: Spark 3.1 uses"
                  + " internals of Java that newer ones do not have; JAVA_HOME chooses the Java",
              JAVA, feature));
    }
  }

  /** This process's access to Java's internals, which every process of Spark needs. */
  static List<String> access() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .toList();
  }

  /** For the processes of workers: one thread per worker. */
  private static String executorOptions() {
    List<String> options = new ArrayList<>(access());
    options.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=0");
    options.add("-D" + DL4JSystemProperties.TIMESOURCE_CLASSNAME_PROPERTY + "=" + timeSource());
    return String.join(" ", options);
  }

  private static String timeSource() {
    return SystemClockTimeSource.class.getName();
  }
}
