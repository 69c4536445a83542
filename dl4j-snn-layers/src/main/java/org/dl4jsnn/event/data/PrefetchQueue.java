package org.dl4jsnn.event.data;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The queue between the thread that makes minibatches and the one that reads them. Deeplearning4j's
 * asynchronous iterator puts nothing into it when the making fails, and its reader would wait for
 * ever; so waiting ends with the failure here.
 */
final class PrefetchQueue extends LinkedBlockingQueue<DataSet> {

  private static final long serialVersionUID = 1L;

  /** Between two looks at the failure; minibatches themselves are taken at once. */
  private static final long MILLISECONDS = 20;

  private final transient Supplier<Throwable> failure;

  PrefetchQueue(int capacity, Supplier<Throwable> failure) {
    super(capacity);
    this.failure = failure;
  }

  @Override
  public DataSet take() throws InterruptedException {
    while (true) {
      DataSet minibatch = poll(MILLISECONDS, TimeUnit.MILLISECONDS);
      if (minibatch != null) {
        return minibatch;
      }
      Throwable cause = failure.get();
      // Looked at again: the minibatches in front of the failure come first.
      if (cause != null && isEmpty()) {
        throw new IllegalStateException(
            "the next minibatch cannot be made: " + cause.getMessage(), cause);
      }
    }
  }
}
