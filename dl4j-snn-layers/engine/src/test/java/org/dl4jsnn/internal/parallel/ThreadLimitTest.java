package org.dl4jsnn.internal.parallel;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadLimitTest {

  private static final int SAMPLES = 24;

  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty(ThreadLimit.PROPERTY);
  }

  private void simulate(int sample) {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    for (long end = System.nanoTime() + 200_000; System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
    now.decrementAndGet();
    done.incrementAndGet();
  }

  private void runMinibatches(int minibatches, ThreadLimit limit) {
    for (int i = 0; i < minibatches; i++) {
      ParallelSamples.Run run = new ParallelSamples.Run(SAMPLES, () -> this::simulate);
      ParallelSamples.run(run, limit);
      run.await();
    }
  }

  /** A helper that came too late for a minibatch may still hold its place for a moment. */
  private static void awaitFree(int places, ThreadLimit limit) throws InterruptedException {
    while (limit.free() != places) {
      Thread.sleep(1);
    }
  }

  private static void runAtOnce(int threads, Runnable work) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(new Thread(work, "worker " + i));
    }
    all.forEach(Thread::start);
    for (Thread thread : all) {
      thread.join();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 5", "3, 8"})
  void shouldHoldAnyNumberOfWorkersToTheLimit(int threads, int workers) throws Exception {
    ThreadLimit limit = new ThreadLimit(() -> threads);
    runAtOnce(workers, () -> runMinibatches(10, limit));
    assertTrue(most.get() <= threads, () -> most + " threads at a time");
    assertEquals(workers * 10 * SAMPLES, done.get());
    awaitFree(threads, limit);
  }

  @Test
  void shouldHelpIfThereIsRoom() throws Exception {
    ThreadLimit limit = new ThreadLimit(() -> 2);
    // On a machine with one processor, too, the common pool has one thread.
    while (most.get() < 2) {
      runMinibatches(1, limit);
      Thread.sleep(1);
    }
    assertEquals(2, most.get());
  }

  @Test
  void shouldMakeRoomForAWorkerThatWaits() throws Exception {
    ThreadLimit limit = new ThreadLimit(() -> 1);
    CountDownLatch began = new CountDownLatch(1);
    Thread helper =
        new Thread(
            () ->
                limit.runIfFree(
                    () -> {
                      began.countDown();
                      while (!limit.isWanted()) {
                        Thread.onSpinWait();
                      }
                    }));
    helper.start();
    began.await();
    limit.run(() -> assertFalse(limit.isWanted()));
    helper.join();
  }

  @Test
  void shouldNotWaitForItself() {
    ThreadLimit limit = new ThreadLimit(() -> 1);
    limit.run(() -> runMinibatches(1, limit));
    limit.runIfFree(() -> runMinibatches(1, limit));
    assertEquals(2 * SAMPLES, done.get());
    assertEquals(1, limit.free());
  }

  @Test
  void shouldCountTheIdleThreadsBesideTheCaller() throws Exception {
    ThreadLimit limit = new ThreadLimit(() -> 2);
    assertEquals(1, limit.freeBeside());
    limit.run(() -> assertEquals(1, limit.freeBeside()));
    AtomicInteger beside = new AtomicInteger(-1);
    limit.run(
        () -> {
          Thread other = new Thread(() -> beside.set(limit.freeBeside()));
          other.start();
          assertDoesNotThrow(() -> other.join());
        });
    assertEquals(0, beside.get());
  }

  @Test
  void shouldCountCallersInTheCommonPool() {
    System.setProperty(ThreadLimit.PROPERTY, "1");
    Runnable minibatch = () -> ParallelSamples.run(SAMPLES, () -> this::simulate);
    List<ForkJoinTask<?>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(ForkJoinPool.commonPool().submit(minibatch));
    }
    minibatch.run();
    callers.forEach(ForkJoinTask::join);
    assertEquals(1, most.get());
    assertEquals(5 * SAMPLES, done.get());
  }

  @Test
  void shouldLeaveWhenTheWorkFails() {
    ThreadLimit limit = new ThreadLimit(() -> 1);
    Runnable failing =
        () -> {
          throw new IllegalStateException("no");
        };
    assertThrows(IllegalStateException.class, () -> limit.run(failing));
    assertThrows(IllegalStateException.class, () -> limit.runIfFree(failing));
    assertEquals(1, limit.free());
  }

  @Test
  void shouldFinishAndStayInterruptedIfAWaitingWorkerIsInterrupted() throws Exception {
    ThreadLimit limit = new ThreadLimit(() -> 1);
    AtomicInteger interrupted = new AtomicInteger();
    limit.run(
        () -> {
          Thread worker =
              new Thread(
                  () -> {
                    runMinibatches(1, limit);
                    interrupted.set(Thread.currentThread().isInterrupted() ? 1 : -1);
                  });
          worker.start();
          while (!limit.isWanted()) {
            Thread.onSpinWait();
          }
          worker.interrupt();
          assertEquals(0, done.get());
        });
    while (interrupted.get() == 0) {
      Thread.sleep(1);
    }
    assertEquals(1, interrupted.get());
    assertEquals(SAMPLES, done.get());
  }

  @Test
  void shouldBeTheProcessorsUnlessAPropertySaysOtherwise() throws Exception {
    assertEquals(Runtime.getRuntime().availableProcessors(), ThreadLimit.property());
    System.setProperty(ThreadLimit.PROPERTY, "3");
    assertEquals(3, ThreadLimit.property());
    awaitFree(3, ThreadLimit.OF_PROCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "", "1.5"})
  void shouldRefuseInvalidNumbersOfThreads(String value) {
    System.setProperty(ThreadLimit.PROPERTY, value);
    assertMessage(
        "org.dl4jsnn.threads must be a whole number of at least 1, got '" + value + "'",
        () -> ParallelSamples.run(1, () -> sample -> {}));
  }
}
