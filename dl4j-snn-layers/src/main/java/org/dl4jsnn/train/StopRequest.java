package org.dl4jsnn.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.internal.Require;

/**
 * Ctrl-C, or another signal to end, as a request that a program meets where it may stop: a training
 * at its next minibatch.
 *
 * <p>The signal makes Java run its shutdown hooks while all threads go on. The hook here sets a
 * flag and waits until the training has seen it, has saved, and has closed this request; then Java
 * ends with the exit code of the signal, 130 for Ctrl-C. The wait has a bound, so that a training
 * that hangs can still be ended, and a second Ctrl-C ends it at once. Java tells no one of a second
 * signal during shutdown, but it starts a thread for each, and that thread can be seen waiting.
 */
public final class StopRequest implements AutoCloseable {

  /** The exit code of a program that Ctrl-C ended. */
  public static final int EXIT_CODE = 130;

  private static final String SIGNAL_THREAD = "SIGINT handler";
  private static final long LONGEST_WAIT_SECONDS = 300;
  private static final long POLL_MILLIS = 100;

  private final Runnable told;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "stop request");
  private boolean listening;
  private volatile boolean requested;

  private StopRequest(Runnable told) {
    this.told = told;
  }

  /**
   * A request by a signal. A training listens for it from its first minibatch on.
   *
   * @return the request
   */
  public static StopRequest onSignal() {
    return onSignal(
        () ->
            TrainingLogger.LOG.info(
                "Stopping after this minibatch; Ctrl-C again: at once, without saving"));
  }

  /**
   * The same.
   *
   * @param told runs when the signal comes, in a thread of Java's shutdown
   * @return the request
   */
  public static StopRequest onSignal(Runnable told) {
    return new StopRequest(Require.given("told", told));
  }

  /** Listens for signals, until closed. */
  public synchronized void listen() {
    if (!listening && closed.getCount() > 0) {
      Runtime.getRuntime().addShutdownHook(hook);
      listening = true;
    }
  }

  /** Asks the training to stop, as a signal does; from any thread. */
  public void request() {
    requested = true;
  }

  /**
   * Whether a stop was asked for.
   *
   * @return true from then on
   */
  public boolean isRequested() {
    return requested;
  }

  private void requestAndWait() {
    request();
    told.run();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    try {
      while (!closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
        if (signals() > 1) {
          Runtime.getRuntime().halt(EXIT_CODE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long signals() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(SIGNAL_THREAD))
        .count();
  }

  /** Ends the listening; Java, where it waits, then ends. */
  @Override
  public synchronized void close() {
    closed.countDown();
    if (listening) {
      listening = false;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // Java is ending: the hook runs, and need not wait any more.
        requested = true;
      }
    }
  }
}
