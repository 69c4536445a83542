package org.dl4jsnn.internal.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Runs the samples of a minibatch, or other pieces of one work, over the cores.
 *
 * <p>If the caller runs in its own fork-join pool, it takes samples one after another together with
 * the pool's idle threads; the pool's size is then the number of threads. Otherwise threads of the
 * common pool help, and a {@link ThreadLimit} limits the total number of simulating threads,
 * including the workers of data-parallel trainers and their helpers, to the number of processors or
 * to {@value ThreadLimit#PROPERTY}.
 *
 * <p>The caller waits for the others without running other tasks of its pool: such a task might
 * belong to another network, and would find this one's workspaces open.
 */
public final class ParallelSamples {

  private ParallelSamples() {}

  /**
   * Runs every sample once; returns when all are done.
   *
   * @param newTask makes the body of one task with its scratch memory; called once per thread, the
   *     body once per sample
   * @throws IllegalArgumentException if the system property is not a whole number of at least 1
   */
  public static void run(int samples, Supplier<IntConsumer> newTask) {
    ForkJoinPool own = ForkJoinTask.getPool();
    Run run = new Run(samples, newTask);
    if (own == null || own == ForkJoinPool.commonPool()) {
      run(run, ThreadLimit.OF_PROCESS);
    } else {
      runInside(own, run);
    }
    run.await();
  }

  /**
   * The most threads that {@link #run} would use if called from the same place.
   *
   * @return at least 1
   * @throws IllegalArgumentException if the system property is not a whole number of at least 1
   */
  public static int threads() {
    ForkJoinPool own = ForkJoinTask.getPool();
    return own == null || own == ForkJoinPool.commonPool()
        ? Math.min(ForkJoinPool.getCommonPoolParallelism() + 1, ThreadLimit.property())
        : own.getParallelism();
  }

  /**
   * The threads that {@link #run} would find idle if called from the same place, and the caller; an
   * estimate inside the caller's own pool.
   *
   * @return at least 1, at most {@link #threads}
   * @throws IllegalArgumentException if the system property is not a whole number of at least 1
   */
  public static int idleThreads() {
    ForkJoinPool own = ForkJoinTask.getPool();
    return own == null || own == ForkJoinPool.commonPool()
        ? Math.min(threads(), 1 + ThreadLimit.OF_PROCESS.freeBeside())
        : Math.max(1, threads() - Math.max(0, own.getActiveThreadCount() - 1));
  }

  /**
   * As {@link #run}, for work that is not simulation and may wait, such as for a disk. Outside the
   * caller's own pool it uses separate threads, as many as may simulate, and does not count towards
   * the limit.
   *
   * @param newTask makes the body of one task, as in {@link #run}
   * @throws IllegalArgumentException if the system property is not a whole number of at least 1
   */
  public static void runApart(int samples, Executor helpers, Supplier<IntConsumer> newTask) {
    Run run = new Run(samples, newTask);
    ForkJoinPool own = ForkJoinTask.getPool();
    if (own == null || own == ForkJoinPool.commonPool()) {
      for (int helper = 1; helper < Math.min(ThreadLimit.property(), samples); helper++) {
        helpers.execute(run::work);
      }
      run.work();
    } else {
      runInside(own, run);
    }
    run.await();
  }

  private static void runInside(ForkJoinPool own, Run run) {
    List<ForkJoinTask<?>> forked = fork(Math.min(own.getParallelism(), run.samples) - 1, run::work);
    run.work();
    withdraw(forked);
  }

  /** Outside the caller's own pool: the calling thread works alongside those of the common pool. */
  static void run(Run run, ThreadLimit limit) {
    limit.run(
        () -> {
          int helpers = Math.min(ForkJoinPool.getCommonPoolParallelism(), limit.free());
          List<ForkJoinTask<?>> forked =
              fork(Math.min(helpers, run.samples - 1), () -> run.help(limit));
          run.work();
          withdraw(forked);
        });
  }

  private static List<ForkJoinTask<?>> fork(int helpers, Runnable help) {
    List<ForkJoinTask<?>> forked = new ArrayList<>();
    for (int helper = 0; helper < helpers; helper++) {
      forked.add(ForkJoinTask.adapt(help).fork());
    }
    return forked;
  }

  /**
   * Withdraws the tasks that no thread has begun. In the queue they would keep the minibatch alive,
   * and the pool wakes no idle thread for a task queued behind another.
   */
  private static void withdraw(List<ForkJoinTask<?>> forked) {
    for (int last = forked.size() - 1; last >= 0; last--) {
      forked.get(last).tryUnfork();
    }
  }

  /** One minibatch. A late helper finds nothing left to do. */
  static final class Run {

    private final int samples;
    private final Supplier<IntConsumer> newTask;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Failure> failure = new AtomicReference<>(Failure.NONE);
    private final CountDownLatch unfinished;

    Run(int samples, Supplier<IntConsumer> newTask) {
      this.samples = samples;
      this.newTask = newTask;
      this.unfinished = new CountDownLatch(samples);
    }

    /** Works until no sample is left. */
    void work() {
      finish(take(() -> true));
    }

    /**
     * Works if there is room, as long as no other thread waits for room. Leaves before the samples
     * are reported as done, since the caller may then start the next layer and need help at once.
     */
    void help(ThreadLimit limit) {
      AtomicInteger taken = new AtomicInteger();
      limit.runIfFree(() -> taken.set(take(() -> !limit.isWanted())));
      finish(taken.get());
    }

    /** Takes samples while there are any and while it may; returns how many it took. */
    private int take(BooleanSupplier mayGoOn) {
      IntConsumer body = null;
      int taken = 0;
      while (mayGoOn.getAsBoolean()) {
        int sample = next.getAndIncrement();
        if (sample >= samples) {
          break;
        }
        taken++;
        try {
          // Samples before the failed one still run, so the reported failure does not depend on
          // threads.
          if (sample < failure.get().sample) {
            body = body == null ? newTask.get() : body;
            body.accept(sample);
          }
        } catch (Throwable e) {
          // Also undeclared checked exceptions of other languages, since the caller waits for all
          // samples.
          Failure own = new Failure(sample, e);
          failure.accumulateAndGet(own, Failure::first);
        }
      }
      return taken;
    }

    /** The exception of the first failed sample. */
    private record Failure(int sample, Throwable cause) {

      static final Failure NONE = new Failure(Integer.MAX_VALUE, null);

      Failure first(Failure other) {
        return sample <= other.sample ? this : other;
      }
    }

    private void finish(int taken) {
      for (int i = 0; i < taken; i++) {
        unfinished.countDown();
      }
    }

    private static void rethrow(Throwable failure) {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      if (failure != null) {
        throw new IllegalStateException("A sample failed: " + failure, failure);
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
      rethrow(failure.get().cause);
    }
  }
}
