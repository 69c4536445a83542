package org.dl4jsnn.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
final class StopRequest implements AutoCloseable {

  /** The exit code of a program that Ctrl-C ended. */
  static final int EXIT_CODE = 130;

  private static final String SIGNAL_THREAD = "SIGINT handler";
  private static final long LONGEST_WAIT_SECONDS = 300;
  private static final long POLL_MILLIS = 100;

  private final Output output;
  private final String answer;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "stop request");
  private volatile boolean requested;

  private StopRequest(Output output, String answer) {
    this.output = output;
    this.answer = answer;
  }

  /** Listens until closed, on behalf of a training. */
  static StopRequest listening(Output output) {
    return listening(
        output, "Stopping after this minibatch; Ctrl-C again: at once, without saving");
  }

  /** Listens until closed, and says what will happen. */
  static StopRequest listening(Output output, String answer) {
    StopRequest request = new StopRequest(output, answer);
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  /** Asks the training to stop, as a signal does. */
  void request() {
    requested = true;
  }

  boolean isRequested() {
    return requested;
  }

  private void requestAndWait() {
    request();
    output.print("%n%s", answer);
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

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Java is ending: the hook runs, and need not wait any more.
      requested = true;
    }
  }
}
