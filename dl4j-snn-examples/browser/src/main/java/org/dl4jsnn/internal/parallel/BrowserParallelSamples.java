package org.dl4jsnn.internal.parallel;

import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** {@link ParallelSamples} in a browser: one thread. */
public final class BrowserParallelSamples {

  private BrowserParallelSamples() {}

  /** Runs the samples in their order. */
  public static void run(int samples, Supplier<IntConsumer> newTask) {
    IntConsumer task = newTask.get();
    for (int sample = 0; sample < samples; sample++) {
      task.accept(sample);
    }
  }

  /** {@return 1} */
  public static int threads() {
    return 1;
  }

  /** {@return 1} */
  public static int idleThreads() {
    return 1;
  }
}
