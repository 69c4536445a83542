package org.dl4jsnn.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.dl4jsnn.contract.SeparatePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelSamplesTest {

  private static final int SAMPLES = 50;

  private static void runEverySampleOnce() {
    AtomicIntegerArray runs = new AtomicIntegerArray(SAMPLES);
    ParallelSamples.run(SAMPLES, () -> runs::incrementAndGet);
    for (int sample = 0; sample < SAMPLES; sample++) {
      assertEquals(1, runs.get(sample), "runs of sample " + sample);
    }
  }

  @Test
  void shouldRunEverySampleOnceOutsideAPool() {
    runEverySampleOnce();
  }

  @Test
  void shouldRunEverySampleOnceInPoolsOfAnySize() {
    for (int threads = 1; threads <= 5; threads++) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      pool.submit(ParallelSamplesTest::runEverySampleOnce).join();
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void shouldRunEverySampleOnceApart(int poolSize) {
    AtomicIntegerArray runs = new AtomicIntegerArray(SAMPLES);
    Runnable all =
        () ->
            ParallelSamples.runApart(
                SAMPLES, IdleThreads.many("apart"), () -> runs::incrementAndGet);
    if (poolSize == 0) {
      all.run();
    } else {
      ForkJoinPool pool = new ForkJoinPool(poolSize);
      pool.submit(all).join();
      pool.shutdown();
    }
    for (int sample = 0; sample < SAMPLES; sample++) {
      assertEquals(1, runs.get(sample), "runs of sample " + sample);
    }
  }

  @Test
  void shouldThrowWhatASampleApartThrew() {
    IntConsumer failing =
        sample -> {
          throw new UnsupportedOperationException("sample " + sample);
        };
    assertThrows(
        UnsupportedOperationException.class,
        () -> ParallelSamples.runApart(9, IdleThreads.many("apart"), () -> failing));
  }

  @Test
  @Timeout(60)
  void shouldNotCountWorkApartTowardsTheLimit() throws InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    IntConsumer waiting =
        sample -> {
          begun.countDown();
          try {
            slow.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    System.setProperty(ThreadLimit.PROPERTY, "1");
    try {
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> ParallelSamples.runApart(4, IdleThreads.many("apart"), () -> waiting),
              task -> new Thread(task).start());
      begun.await();
      runEverySampleOnce();
      assertFalse(reading.isDone());
      slow.countDown();
      reading.join();
    } finally {
      System.clearProperty(ThreadLimit.PROPERTY);
    }
  }

  @Test
  void shouldNotFillTheQueueOfItsCaller() {
    int helpers = 2;
    ForkJoinPool pool = new ForkJoinPool(1 + helpers);
    int left =
        pool.submit(
                () -> {
                  int most = 0;
                  for (int run = 0; run < 5_000; run++) {
                    ParallelSamples.run(4, () -> sample -> {});
                    most = Math.max(most, ForkJoinTask.getQueuedTaskCount());
                  }
                  return most;
                })
            .join();
    pool.shutdown();
    // Tasks that are never taken keep their minibatches alive, and no idle thread is woken for the
    // tasks after them. One that a helper is just taking still counts.
    assertTrue(left <= helpers, () -> left + " tasks in the queue");
  }

  @Test
  @Timeout(60)
  void shouldCountTheIdleThreadsOfTheCallersPool() throws Exception {
    assertEquals(3, SeparatePool.run(3, ParallelSamples::idleThreads));
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch counted = new CountDownLatch(2);
    int[] idle = new int[2];
    SeparatePool.run(
        2,
        () -> {
          ParallelSamples.run(
              2,
              () ->
                  sample -> {
                    begun.countDown();
                    awaitUninterrupted(begun);
                    idle[sample] = ParallelSamples.idleThreads();
                    counted.countDown();
                    awaitUninterrupted(counted);
                  });
          return null;
        });
    assertArrayEquals(new int[] {1, 1}, idle);
  }

  @Test
  void shouldThrowWhatASampleThrows() {
    IllegalStateException failure = new IllegalStateException("sample 7");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                ParallelSamples.run(
                    SAMPLES,
                    () ->
                        sample -> {
                          if (sample == 7) {
                            throw failure;
                          }
                        }));
    assertSame(failure, thrown);
  }

  @Test
  @Timeout(60)
  void shouldThrowWhatTheFirstOfSeveralSamplesThrows() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    String message =
        SeparatePool.run(
            2,
            () ->
                assertThrows(
                        IllegalStateException.class,
                        () ->
                            ParallelSamples.run(
                                2,
                                () ->
                                    sample -> {
                                      if (sample == 0) {
                                        awaitUninterrupted(failed);
                                      } else {
                                        failed.countDown();
                                      }
                                      throw new IllegalStateException("sample " + sample);
                                    }))
                    .getMessage());
    assertEquals("sample 0", message);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kotlin, Scala and Groovy do so. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUndeclared(Throwable any) throws T {
    throw (T) any;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(60)
  void shouldThrowCheckedExceptionsOfAnyThread(boolean helper) {
    IOException failure = new IOException("undeclared");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> {
              // A helper may come too late for a minibatch.
              for (int minibatch = 0; minibatch < 10_000; minibatch++) {
                ParallelSamples.run(
                    SAMPLES,
                    () ->
                        sample -> {
                          LockSupport.parkNanos(10_000);
                          if (Thread.currentThread() instanceof ForkJoinWorkerThread == helper) {
                            ParallelSamplesTest.<RuntimeException>throwUndeclared(failure);
                          }
                        });
              }
            });
    assertSame(failure, thrown.getCause());
    assertEquals("A sample failed: " + failure, thrown.getMessage());
  }
}
