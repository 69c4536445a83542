package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of a round of parameter averaging on Spark: its duration with W workers that train f
 * minibatches each.
 *
 * <pre>
 *  round(W, f) = f · minibatch + fixed + W · task               train, schedule
 *              + bytes · copying                                 write, read and set up a copy
 *              + ⌈log2(W + 1)⌉ · bytes / network                 parameters out, from worker to worker
 *              + (Σ fan-in) · bytes · (1 / network + adding)     results back, through a tree
 * </pre>
 *
 * It assumes that all workers are equally fast and none waits for data, that every machine,
 * including the driver's, has one link of the given bandwidth each way, and that workers at one
 * level of the tree do not slow each other down. It does not model accuracy.
 *
 * @param minibatchSeconds time to train one minibatch on one worker
 * @param bytes size of the parameters and the updater's state
 * @param fixedSeconds time per round, independent of the number of workers
 * @param taskSeconds the driver's time to schedule each worker's task
 * @param copyingSeconds time per byte to write and read the parameters and set up a network
 * @param addingSeconds time per byte to read a result and add it
 * @param networkBytes bytes per second of a link
 * @param depth the depth of the tree, Deeplearning4j's aggregationDepth
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

  /** Seconds per round. */
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

  /** Samples per second trained by all workers. */
  double samplesPerSecond(int workers, int averaging, int batch) {
    return (double) workers * averaging * batch / seconds(workers, averaging);
  }

  /** How many doublings it takes until the driver and all workers have a broadcast. */
  static int hops(int workers) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(workers);
  }

  /** The fan-in at every level of Spark's treeAggregate; the driver's comes last. */
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
