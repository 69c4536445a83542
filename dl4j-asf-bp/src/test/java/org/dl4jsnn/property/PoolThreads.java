package org.dl4jsnn.property;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/** Runs something inside a fork-join pool of a given size, which is how the threads are set. */
final class PoolThreads {

  private PoolThreads() {}

  static <T> T run(int threads, Callable<T> work) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(work).get();
    } finally {
      pool.shutdown();
    }
  }
}
