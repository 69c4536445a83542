package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of a round of parameter averaging on Spark: what it takes with W workers, of which each
 * trains f minibatches.
 *
 * <pre>
 *  round(W, f) = f · minibatch + fixed + W · task               train, schedule
 *              + bytes · copying                                 write, read and set up a copy
 *              + ⌈log2(W + 1)⌉ · bytes / network                 parameters out, from worker to worker
 *              + (Σ fan-in) · bytes · (1 / network + adding)     results back, through a tree
 * </pre>
 *
 * It takes for granted that all workers are equally fast and none waits for data, that every
 * machine, the driver's included, has one link of the given bandwidth each way, and that the
 * workers at one level of the tree do not disturb each other. It says nothing about accuracy.
 *
 * @param minibatchSeconds training with one minibatch, on one worker
 * @param bytes the parameters and the updater's state
 * @param fixedSeconds of a round, whatever the number of workers
 * @param taskSeconds of the driver for every worker, to schedule its task
 * @param copyingSeconds to write a byte of the parameters, to read it and to set a network up
 * @param addingSeconds to read a byte of a result and to add it up
 * @param networkBytes that a link carries in a second
 * @param depth of the tree, Deeplearning4j's aggregationDepth
 */
record AveragingRound(
    double minibatchSeconds,
    double bytes,
    double fixedSeconds,
    double taskSeconds,
    double copyingSeconds,
    double addingSeconds,
    double networkBytes,
    int depth) {

  /** Seconds of a round. */
  double seconds(int workers, int averaging) {
    int results = fanIns(workers, depth).stream().mapToInt(Integer::intValue).sum();
    return averaging * minibatchSeconds
        + fixedSeconds
        + workers * taskSeconds
        + bytes * copyingSeconds
        + hops(workers) * bytes / networkBytes
        + results * bytes * (1 / networkBytes + addingSeconds);
  }

  /** The share of a round in which a worker trains. */
  double efficiency(int workers, int averaging) {
    return averaging * minibatchSeconds / seconds(workers, averaging);
  }

  /** Samples that all workers train with in a second. */
  double samplesPerSecond(int workers, int averaging, int batch) {
    return (double) workers * averaging * batch / seconds(workers, averaging);
  }

  /** How often what is sent must be doubled until the driver and all workers have it. */
  static int hops(int workers) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(workers);
  }

  /** How many results come together at every level of Spark's treeAggregate, the driver's last. */
  static List<Integer> fanIns(int workers, int depth) {
    List<Integer> fanIns = new ArrayList<>();
    int scale = Math.max(2, (int) Math.ceil(Math.pow(workers, 1.0 / depth)));
    int results = workers;
    while (results > scale + Math.ceil((double) results / scale)) {
      int sums = results / scale;
      fanIns.add((results + sums - 1) / sums);
      results = sums;
    }
    fanIns.add(results);
    return fanIns;
  }
}
