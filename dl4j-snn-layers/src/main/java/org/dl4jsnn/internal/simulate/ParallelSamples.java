package org.dl4jsnn.internal.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Runs the samples of a minibatch over the cores.
 *
 * <p>The caller takes samples one after another, and so do idle threads of the fork-join pool that
 * it runs in, or of the common pool elsewhere. So the number of threads is set the way Java sets
 * it: run training inside a pool of the wanted size, or set {@code
 * java.util.concurrent.ForkJoinPool.common.parallelism}. Workers of a data-parallel trainer share
 * one pool and do not oversubscribe the machine.
 *
 * <p>The caller waits for the others without running tasks of its pool meanwhile: such a task might
 * be another network's, and would find this one's workspaces open.
 */
public final class ParallelSamples {

  private ParallelSamples() {}

  /**
   * Runs every sample once; returns when all are done.
   *
   * @param samples number of samples
   * @param newTask makes the body of one task, with its scratch memory; called once a thread, the
   *     body once a sample
   */
  public static void run(int samples, Supplier<IntConsumer> newTask) {
    ForkJoinPool own = ForkJoinTask.getPool();
    // Outside a pool the calling thread works beside those of the common pool.
    int helpers = own != null ? own.getParallelism() - 1 : ForkJoinPool.getCommonPoolParallelism();
    Run run = new Run(samples, newTask);
    List<ForkJoinTask<?>> forked = new ArrayList<>();
    for (int helper = 0; helper < Math.min(helpers, samples - 1); helper++) {
      forked.add(ForkJoinTask.adapt(run::takeSamples).fork());
    }
    run.takeSamples();
    withdraw(forked);
    run.await();
  }

  /**
   * Takes back the tasks that no thread has begun. Left in the queue they would keep the minibatch
   * alive, and the pool wakes no idle thread for a task that is queued behind another.
   */
  private static void withdraw(List<ForkJoinTask<?>> forked) {
    for (int last = forked.size() - 1; last >= 0; last--) {
      forked.get(last).tryUnfork();
    }
  }

  /** One minibatch. A helper that comes late finds nothing left to do. */
  private static final class Run {

    private final int samples;
    private final Supplier<IntConsumer> newTask;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch unfinished;

    Run(int samples, Supplier<IntConsumer> newTask) {
      this.samples = samples;
      this.newTask = newTask;
      this.unfinished = new CountDownLatch(samples);
    }

    void takeSamples() {
      IntConsumer body = null;
      for (int sample = next.getAndIncrement(); sample < samples; sample = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            body = body == null ? newTask.get() : body;
            body.accept(sample);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          unfinished.countDown();
        }
      }
    }

    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          unfinished.await();
          break;
        } catch (InterruptedException e) {
          // Samples in flight write to arrays of the caller, so they are waited for first.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof RuntimeException e) {
        throw e;
      }
      if (failure.get() instanceof Error e) {
        throw e;
      }
    }
  }
}
