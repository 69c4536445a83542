package org.dl4jsnn.examples;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Makes the next minibatch while the network learns from this one. Not Deeplearning4j's
 * AsyncDataSetIterator: its reader waits for ever where the making of a minibatch fails.
 */
final class Prefetch implements AutoCloseable {

  private final Iterator<DataSet> source;
  private final ExecutorService background;
  private Future<DataSet> coming;

  Prefetch(Iterator<DataSet> source) {
    this.source = source;
    background =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "next minibatch");
              thread.setDaemon(true);
              return thread;
            });
    coming = background.submit(this::make);
  }

  private DataSet make() {
    return source.hasNext() ? source.next() : null;
  }

  /** The next minibatch. */
  DataSet next() {
    DataSet minibatch;
    try {
      minibatch = coming.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a minibatch", e);
    }
    if (minibatch == null) {
      throw new NoSuchElementException("The epoch has no minibatch left");
    }
    coming = background.submit(this::make);
    return minibatch;
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
