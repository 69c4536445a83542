package org.dl4jsnn.examples.support;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a program with a given number of threads, in ND4J and in the simulator. */
public final class Threads {

  private Threads() {}

  public static <T> T run(int threads, Callable<T> program) throws InterruptedException {
    OptionRules.atLeast("--threads", threads, 1);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    return inPool(threads, program);
  }

  /** The same for a program that does not use ND4J. */
  public static <T> T inPool(int threads, Callable<T> program) throws InterruptedException {
    OptionRules.atLeast("--threads", threads, 1);
    // The simulator and parallel streams run in their caller's fork-join pool.
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(program).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdown();
    }
  }
}
