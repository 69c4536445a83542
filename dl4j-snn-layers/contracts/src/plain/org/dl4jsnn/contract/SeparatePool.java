package org.dl4jsnn.contract;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;

/** Runs something inside a fork-join pool of a given size, which is how the threads are set. */
public final class SeparatePool {

  /** One pool of each size for all tests: its threads end by themselves, when idle. */
  private static final Map<Integer, ForkJoinPool> POOLS = new ConcurrentHashMap<>();

  private SeparatePool() {}

  public static <T> T run(int threads, Callable<T> work) throws Exception {
    return POOLS.computeIfAbsent(threads, ForkJoinPool::new).submit(work).get();
  }
}
