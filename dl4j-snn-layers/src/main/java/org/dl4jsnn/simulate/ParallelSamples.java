package org.dl4jsnn.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Runs the samples of a minibatch over the cores.
 *
 * <p>It uses the fork-join pool that the caller runs in, and the common pool elsewhere. So the
 * number of threads is set the way Java sets it: run training inside a pool of the wanted size, or
 * set {@code java.util.concurrent.ForkJoinPool.common.parallelism}. Workers of a data-parallel
 * trainer share one pool and do not oversubscribe the machine.
 */
public final class ParallelSamples {

  /** More tasks than threads, so that a slow sample does not hold up the others. */
  private static final int TASKS_PER_THREAD = 4;

  private ParallelSamples() {}

  /**
   * Runs every sample once; returns when all are done.
   *
   * @param samples number of samples
   * @param newTask makes the body of one task, with its scratch memory; called once a task, the
   *     body once a sample
   */
  public static void run(int samples, Supplier<IntConsumer> newTask) {
    int tasks = Math.min(samples, TASKS_PER_THREAD * threads());
    List<RecursiveAction> actions = new ArrayList<>(tasks);
    for (int task = 0; task < tasks; task++) {
      int from = (int) ((long) samples * task / tasks);
      int to = (int) ((long) samples * (task + 1) / tasks);
      actions.add(
          new RecursiveAction() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void compute() {
              IntConsumer body = newTask.get();
              for (int sample = from; sample < to; sample++) {
                body.accept(sample);
              }
            }
          });
    }
    ForkJoinTask.invokeAll(actions);
  }

  private static int threads() {
    ForkJoinPool pool = ForkJoinTask.getPool();
    // Outside a pool the calling thread works beside those of the common pool.
    return pool != null ? pool.getParallelism() : ForkJoinPool.getCommonPoolParallelism() + 1;
  }
}
