package org.dl4jsnn.internal.parallel;

import java.util.function.Supplier;

/** Runs the parts of a long array over the cores, and a short array in the calling thread alone. */
public final class ParallelRuns {

  /** The most values of a part: they fit a near cache, and fewer are not worth another thread. */
  public static final int LONGEST = 1 << 16;

  private ParallelRuns() {}

  /** What is done with a part. */
  @FunctionalInterface
  public interface Body {

    /**
     * Processes a part.
     *
     * @param first index of its first value
     */
    void run(int part, int first, int count);
  }

  /** {@return the number of parts of an array: a whole number, 0 for an empty array} */
  public static int parts(int length) {
    return (int) (((long) length + LONGEST - 1) / LONGEST);
  }

  /**
   * Processes every part once; returns when all are done.
   *
   * @param newBody makes the body of one thread with its scratch memory
   * @throws IllegalArgumentException if the array is long and the system property {@value
   *     ThreadLimit#PROPERTY} is not a whole number of at least 1
   */
  public static void run(int length, Supplier<Body> newBody) {
    if (length <= LONGEST) {
      if (length > 0) {
        newBody.get().run(0, 0, length);
      }
      return;
    }
    ParallelSamples.run(
        parts(length),
        () -> {
          Body body = newBody.get();
          return part -> {
            int first = part * LONGEST;
            body.run(part, first, Math.min(LONGEST, length - first));
          };
        });
  }
}
