package org.dl4jsnn.internal.parallel;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that start when there is work and end after being idle for a while, so they need not be
 * shut down. They do not keep Java running.
 */
public final class IdleThreads {

  /** Long compared with a minibatch, so that a training keeps its threads. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private IdleThreads() {}

  /** One thread, which works in the order of submission. */
  public static ExecutorService one(String name) {
    return one(name, IDLE);
  }

  /**
   * One thread, which works in the order of submission.
   *
   * @param idle idle time after which it ends
   */
  public static ExecutorService one(String name, Duration idle) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            idle.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            daemons(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** As many threads as there are simultaneous tasks. */
  public static ExecutorService many(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        daemons(name));
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
