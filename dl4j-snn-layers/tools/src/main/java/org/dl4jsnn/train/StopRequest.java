package org.dl4jsnn.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.internal.Require;

/**
 * Turns Ctrl-C, or another termination signal, into a request that the program follows when it can
 * stop: a training at its next minibatch.
 *
 * <p>On the signal, Java runs its shutdown hooks while all threads continue. The hook of this class
 * sets a flag and waits until the training has seen it, has saved, and has closed this request;
 * then Java exits with the exit code of the signal, 130 for Ctrl-C. The wait is bounded, so a
 * training that hangs can still be ended, and a second Ctrl-C ends it at once. Java does not report
 * a second signal during shutdown, but it starts a thread for each signal, and this class detects
 * that waiting thread.
 */
public final class StopRequest implements AutoCloseable {

  /** The exit code of a program ended by Ctrl-C. */
  public static final int EXIT_CODE = 130;

  private static final String SIGNAL_THREAD = "SIGINT handler";
  private static final long LONGEST_WAIT_SECONDS = 300;
  private static final long POLL_MILLIS = 100;

  private final Runnable told;
  private final boolean hearsSignals;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Runs when Java shuts down, while this listens. */
  final Thread hook = new Thread(this::requestAndWait, "stop request");

  private boolean listening;
  private volatile boolean requested;

  private StopRequest(Runnable told, boolean hearsSignals) {
    this.told = told;
    this.hearsSignals = hearsSignals;
  }

  /**
   * {@return a request made only by {@link #request}, for programs that end trainings themselves;
   * signals and the end of Java do not wait for it}
   */
  public static StopRequest byProgram() {
    return new StopRequest(() -> {}, false);
  }

  /** {@return a request made by a signal} A training starts to listen at its first minibatch. */
  public static StopRequest onSignal() {
    return onSignal(
        () ->
            LoggingObserver.LOG.info(
                "Stopping after this minibatch; press Ctrl-C again to stop at once without"
                    + " saving"));
  }

  /**
   * {@return a request made by a signal, with a callback}
   *
   * @param told runs when the signal arrives, in a shutdown thread of Java
   */
  public static StopRequest onSignal(Runnable told) {
    return new StopRequest(Require.given("told", told), true);
  }

  /** Listens for signals until closed, if it is made by signals. */
  public synchronized void listen() {
    if (hearsSignals && !listening && closed.getCount() > 0) {
      Runtime.getRuntime().addShutdownHook(hook);
      listening = true;
    }
  }

  /** Asks the training to stop, like a signal; may be called from any thread. */
  public void request() {
    requested = true;
  }

  /** {@return whether a stop was requested} */
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

  /** Stops listening. If Java's shutdown waits for this request, it continues. */
  @Override
  public synchronized void close() {
    closed.countDown();
    if (listening) {
      listening = false;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // Java is shutting down: the hook runs and need not wait any longer.
        requested = true;
      }
    }
  }
}
